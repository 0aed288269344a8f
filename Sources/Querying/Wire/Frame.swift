/// What the process of a question sends: pieces of rows, and at the end one report.
///
/// A byte for the kind, four for the length, the least first, and as many bytes.
enum Frame {
    enum Kind: UInt8 {
        case rows = 0x72
        case report = 0x65
    }

    static let headLength = 5

    static func head(_ kind: Kind, length: Int) -> [UInt8] {
        let length = UInt32(length)
        return [kind.rawValue] + (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
    }
}

/// Takes apart what a process sends, and believes none of it: it ran somebody's statement.
struct FrameReader {
    private(set) var rows: [UInt8] = []
    private(set) var report: [UInt8]?
    private var rest: [UInt8] = []
    private let limit: Int

    /// - Parameter limit: how many bytes of rows there can be.
    init(limit: Int) { self.limit = limit }

    /// Bytes that a report may have: names of columns, which the statement holds, and SQLite's words about it.
    private static let reportLimit = 1 << 20

    /// - Returns: false where the bytes are not what a process of ours sends.
    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        rest.append(contentsOf: bytes)
        var start = 0
        defer { rest.removeFirst(start) }
        while rest.count - start >= Frame.headLength {
            guard report == nil, let kind = Frame.Kind(rawValue: rest[start]) else { return false }
            let length = (0..<4).reduce(0) { $0 | Int(rest[start + 1 + $1]) << ($1 * 8) }
            guard length <= (kind == .rows ? limit - rows.count : Self.reportLimit) else { return false }
            let body = start + Frame.headLength
            guard rest.count - body >= length else { return true }
            switch kind {
            case .rows: rows.append(contentsOf: rest[body..<body + length])
            case .report: report = Array(rest[body..<body + length])
            }
            start = body + length
        }
        return true
    }
}
