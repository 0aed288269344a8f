import CConfinement
import GRDBSQLite

/// A call of SQLite's that failed, with its code and its words.
struct SQLiteFault: Error {
    /// The primary result code (<https://sqlite.org/rescode.html>).
    let code: Int32
    let message: String
    /// Where in the statement, in bytes; nil where that is not known.
    let offset: Int?

    init(_ connection: OpaquePointer?) {
        code = sqlite3_errcode(connection) & 0xFF
        message = sqlite3_errmsg(connection).map { Self.bounded(String(cString: $0)) } ?? "no message"
        let offset = connection.map { Int(confinement_error_offset(UnsafeMutableRawPointer($0))) }
        self.offset = offset.flatMap { $0 >= 0 ? $0 : nil }
    }

    init(code: Int32) {
        self.code = code & 0xFF
        message = sqlite3_errstr(code).map { String(cString: $0) } ?? "code \(code)"
        offset = nil
    }

    /// SQLite repeats what it does not understand, a path in JSON of a megabyte as well.
    private static func bounded(_ message: String) -> String {
        let beginning = message.unicodeScalars.prefix(500)
        return beginning.endIndex == message.endIndex ? message : String(beginning) + "…"
    }
}
