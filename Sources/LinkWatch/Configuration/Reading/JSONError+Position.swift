import ExactJSON

extension JSONError {
    /// Where the fault is, as an editor counts.
    func position(in bytes: [UInt8]) -> SourcePosition {
        let before = bytes.prefix(offset)
        let line = before.split(separator: 0x0A, omittingEmptySubsequences: false).last ?? []
        // What is no UTF-8 is one character for each of its wrong pieces, as editors show it.
        let column = String(decoding: line, as: UTF8.self).unicodeScalars.count + 1
        return SourcePosition(line: before.count { $0 == 0x0A } + 1, column: column)
    }

    private var offset: Int {
        switch self {
        case .unexpectedEnd(let offset), .unexpectedByte(_, let offset), .trailingBytes(let offset),
            .invalidNumber(let offset), .invalidEscape(let offset), .invalidUTF8(let offset),
            .controlCharacter(_, let offset), .tooDeep(_, let offset):
            offset
        }
    }
}
