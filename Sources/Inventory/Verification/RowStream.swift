import GRDB

/// Rows one after the other, of which the next can be looked at before it is taken.
struct RowStream<Element> {
    private let rows: RowCursor
    private let read: (Row) throws -> Element
    /// The next one; nil after the last.
    private(set) var head: Element?

    init(_ db: Database, _ sql: String, _ read: @escaping (Row) throws -> Element) throws {
        rows = try Row.fetchCursor(db, sql: sql)
        self.read = read
        try advance()
    }

    mutating func advance() throws { head = try rows.next().map(read) }

    /// Takes the next one where it passes.
    mutating func next(where passes: (Element) -> Bool) throws -> Element? {
        guard let element = head, passes(element) else { return nil }
        try advance()
        return element
    }
}

extension Row {
    /// The number in a column that is never NULL.
    ///
    /// - Throws: GRDB's decoding error where it is, as a damaged row may be.
    func number(_ column: Int) throws -> Int64 { try decode(Int64.self, atIndex: column) }

    func numberOrNull(_ column: Int) throws -> Int64? { try decode(Int64?.self, atIndex: column) }

    /// A text that may hold U+0000, where SQLite's own end a string.
    func text(_ column: Int) throws -> String? { try bytes(column).map { String(decoding: $0, as: UTF8.self) } }
}
