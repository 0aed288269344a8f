import ClusterLinks
import GRDBSQLite

/// The SQL function `path_segment(text)`, with which the views tell where a link is found.
package enum PathSegmentFunction {
    /// Adds the function to a connection, a `sqlite3 *`.
    package static func register(on connection: OpaquePointer) {
        sqlite3_create_function_v2(
            connection,
            "path_segment",
            1,
            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
            nil,
            { context, _, arguments in
                guard let argument = arguments?[0], let text = sqlite3_value_text(argument) else {
                    return sqlite3_result_null(context)
                }
                let utf8 = UnsafeBufferPointer(start: text, count: Int(sqlite3_value_bytes(argument)))
                let encoded = PathSegment.encoded(String(decoding: utf8, as: UTF8.self))
                sqlite3_result_text(context, encoded, Int32(encoded.utf8.count), SQLiteText.isCopied)
            },
            nil,
            nil,
            nil
        )
    }
}

/// What SQLite is told of the bytes that it is given.
enum SQLiteText {
    /// SQLITE_TRANSIENT, which is a cast in C: they are copied before the call returns.
    static let isCopied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
