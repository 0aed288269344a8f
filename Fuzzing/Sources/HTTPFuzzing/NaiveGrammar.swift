private let tokenTable: [Bool] = {
    let marks = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8
    return (UInt8.min...UInt8.max).map { marks.contains($0) }
}()

extension Collection<UInt8> {
    /// RFC 9110 §5.6.2.
    var isToken: Bool {
        !isEmpty && allSatisfy { tokenTable[Int($0)] }
    }

    var isDigits: Bool { !isEmpty && allSatisfy { (0x30...0x39).contains($0) } }
}

extension ArraySlice<UInt8> {
    var withoutLeadingBlanks: ArraySlice<UInt8> { drop { $0 == 0x20 || $0 == 0x09 } }

    var withoutBlanks: ArraySlice<UInt8> {
        let end = lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? startIndex
        return self[..<end].withoutLeadingBlanks
    }
}

extension String {
    /// Only A to Z: another letter's lower case could be an ASCII one.
    var lowercasedASCII: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { ("A"..."Z").contains($0) ? UnicodeScalar(UInt8($0.value) | 0x20) : $0 }
            )
        )
    }
}
