import GRDBSQLite

/// What a column holds, given to SQLite without a detour (<https://sqlite.org/c3ref/bind_blob.html>).
protocol StatementValue {
    /// - Returns: SQLite's result code.
    func bind(to statement: OpaquePointer, at place: CInt) -> CInt
}

extension Int64: StatementValue {
    func bind(to statement: OpaquePointer, at place: CInt) -> CInt { sqlite3_bind_int64(statement, place, self) }
}

extension Int: StatementValue {
    func bind(to statement: OpaquePointer, at place: CInt) -> CInt { sqlite3_bind_int64(statement, place, Int64(self)) }
}

extension Bool: StatementValue {
    func bind(to statement: OpaquePointer, at place: CInt) -> CInt {
        sqlite3_bind_int64(statement, place, self ? 1 : 0)
    }
}

/// Ends at a U+0000, as every text of the database does that is no JSON.
extension String: StatementValue {
    func bind(to statement: OpaquePointer, at place: CInt) -> CInt {
        sqlite3_bind_text(statement, place, self, -1, copied)
    }
}

extension Optional: StatementValue where Wrapped: StatementValue {
    func bind(to statement: OpaquePointer, at place: CInt) -> CInt {
        self?.bind(to: statement, at: place) ?? sqlite3_bind_null(statement, place)
    }
}

/// UTF-8 that is a text without having been a string.
struct StoredText: StatementValue {
    let utf8: [UInt8]

    func bind(to statement: OpaquePointer, at place: CInt) -> CInt {
        utf8.withUnsafeBytes {
            sqlite3_bind_text(
                statement,
                place,
                $0.baseAddress?.assumingMemoryBound(to: CChar.self),
                CInt($0.count),
                copied
            )
        }
    }
}

struct StoredBlob: StatementValue {
    let bytes: [UInt8]

    func bind(to statement: OpaquePointer, at place: CInt) -> CInt {
        bytes.withUnsafeBytes { sqlite3_bind_blob(statement, place, $0.baseAddress, CInt($0.count), copied) }
    }
}

/// `SQLITE_TRANSIENT`, a cast that Swift does not import: SQLite makes a copy, so that the value may go.
private var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
