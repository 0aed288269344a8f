import ExactJSON
import Foundation
import GRDBSQLite

/// The rows of an answer as they are written, up to a number of bytes.
struct RowBuffer {
    private(set) var bytes: [UInt8] = []
    /// The types of each column's values so far.
    private(set) var types: [Set<Int32>]
    private let format: QueryFormat
    /// How many more bytes of rows there can be, those in the buffer among them.
    private var room: Int
    private var isFirst = true

    init(_ format: QueryFormat, columns: Int, limit: Int) {
        self.format = format
        room = limit
        types = Array(repeating: [], count: columns)
    }

    /// Takes out what is to be sent.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        room -= bytes.count
        return bytes
    }

    /// Appends the row that a statement stands on.
    /// - Returns: false where there is no room for it; then nothing of it is there.
    mutating func append(rowOf statement: OpaquePointer) -> Bool {
        let start = bytes.count
        let wasFirst = isFirst
        if format == .json { bytes.append(contentsOf: (isFirst ? "[" : ",[").utf8) }
        isFirst = false
        for column in types.indices {
            if column > 0 { bytes.append(UInt8(ascii: ",")) }
            append(Int32(column), of: statement)
            if bytes.count > room { break }
        }
        bytes.append(contentsOf: (format == .json ? "]" : "\r\n").utf8)
        guard bytes.count <= room else {
            bytes.removeSubrange(start...)
            isFirst = wasFirst
            return false
        }
        for column in types.indices { types[column].insert(sqlite3_column_type(statement, Int32(column))) }
        return true
    }

    private mutating func append(_ column: Int32, of statement: OpaquePointer) {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: bytes.append(contentsOf: String(sqlite3_column_int64(statement, column)).utf8)
        case SQLITE_FLOAT: append(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, column)
            let text = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
            append(String(decoding: text, as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, column)
            let blob = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
            append(Data(blob).base64EncodedString())
        default: if format == .json { bytes.append(contentsOf: "null".utf8) }
        }
    }

    /// The shortest digits that read back as the same number; what is beyond all numbers has none in JSON, and is a text.
    private mutating func append(_ value: Double) {
        if value.isFinite {
            bytes.append(contentsOf: "\(value)".utf8)
        } else {
            append(value < 0 ? "-Infinity" : "Infinity")
        }
    }

    /// In pieces, and no further than there is room: escaped, a text may be six times as long.
    private mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            let isQuoted = format == .json || utf8.isEmpty || utf8.contains(where: CSVText.isSpecial)
            if isQuoted { bytes.append(UInt8(ascii: "\"")) }
            var start = 0
            while start < utf8.count, bytes.count <= room {
                let end = min(utf8.count, start + Self.piece)
                let piece = UnsafeBufferPointer(rebasing: utf8[start..<end])
                switch format {
                case .json: bytes.appendJSON(escaping: piece)
                case .csv where isQuoted: CSVText.appendQuoted(piece, to: &bytes)
                case .csv: bytes.append(contentsOf: piece)
                }
                start = end
            }
            if isQuoted { bytes.append(UInt8(ascii: "\"")) }
        }
    }

    private static let piece = 16 << 10
}
