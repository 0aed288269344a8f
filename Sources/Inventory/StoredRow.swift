import GRDBSQLite

/// The row that a statement stands at, column by column; holds until the statement goes on.
struct StoredRow {
    let statement: OpaquePointer

    func integer(_ column: CInt) -> Int64 { sqlite3_column_int64(statement, column) }

    func isNull(_ column: CInt) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    func integerOrNull(_ column: CInt) -> Int64? { isNull(column) ? nil : integer(column) }

    /// A text's UTF-8 bytes; none for NULL.
    func bytes(_ column: CInt) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }

    /// A text; nil for NULL.
    func text(_ column: CInt) -> String? {
        isNull(column) ? nil : String(decoding: bytes(column), as: UTF8.self)
    }
}
