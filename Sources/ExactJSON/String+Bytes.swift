#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension String {
    /// Whether both are the same UTF-8 bytes; `==` takes two spellings of one character for equal too.
    package func hasBytes(of other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return withBytes(of: other) { left, right in
            guard let start = left.baseAddress, let otherStart = right.baseAddress else { return true }
            return memcmp(start, otherStart, left.count) == 0
        } ?? utf8.elementsEqual(other.utf8)
    }

    /// Whether it stands before another in the order of their UTF-8 bytes.
    package func precedesInBytes(_ other: String) -> Bool {
        withBytes(of: other) { left, right in
            guard let start = left.baseAddress, let otherStart = right.baseAddress else {
                return left.count < right.count
            }
            let order = memcmp(start, otherStart, min(left.count, right.count))
            return order < 0 || (order == 0 && left.count < right.count)
        } ?? utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// Nil where either is no native string, which has no storage to lend.
    private func withBytes(
        of other: String,
        _ compare: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool? {
        utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in compare(left, right) }
        } ?? nil
    }
}
