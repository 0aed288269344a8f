#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension String {
    /// Whether both are the same UTF-8 bytes; `==` takes two spellings of one character for equal too.
    package func hasBytes(of other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let isEqual = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in
                guard let leftBytes = left.baseAddress, let rightBytes = right.baseAddress else { return true }
                return memcmp(leftBytes, rightBytes, left.count) == 0
            }
        }
        // Strings that are no native ones have no storage to lend.
        return (isEqual ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}
