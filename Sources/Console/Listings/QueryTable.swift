package import ExactJSON

/// The answer to a statement of SQL: columns that the statement names, rows of plain values.
package struct QueryTable {
    private let columns: [String]
    private let rows: [[JSONValue]]
    /// Whether rows were left out at the service's limit.
    package let isTruncated: Bool

    /// - Parameter answer: what `/api/v1/query` answers with; nil where that is not its shape.
    package init?(_ answer: JSONValue) {
        guard let columns = answer.member("columns").array, let rows = answer.member("rows").array else { return nil }
        self.columns = columns.map { $0.member("name").string ?? "" }
        self.rows = rows.map { $0.array ?? [] }
        isTruncated = answer.member("truncated").bool == true
        guard self.rows.allSatisfy({ $0.count == columns.count }) else { return nil }
    }

    /// How many rows there are.
    package var count: Int { rows.count }

    /// Where a terminal has no room for the columns beside each other, each row is told below the one before, a value a line.
    package func table(width: Int?, paint: Paint) -> String {
        guard !columns.isEmpty else { return "no columns" }
        guard !rows.isEmpty else { return "no rows" }
        let table = TextTable(
            columns: columns.map { TextTable.Column($0.plain, least: 6, fair: Self.fair) },
            rows: rows.map { $0.map { TextTable.Cell(CSVText.words($0)) } }
        )
        guard let width, table.fairWidth > width else { return table.text(fitting: width, paint: paint) }
        return rows.map { record($0, width: width, paint: paint) }.joined(separator: "\n\n")
    }

    private func record(_ row: [JSONValue], width: Int, paint: Paint) -> String {
        let cells = zip(columns, row).map { [TextTable.Cell($0, .heading), TextTable.Cell(CSVText.words($1))] }
        return TextTable(columns: [TextTable.Column(""), TextTable.Column("", least: 20)], rows: cells)
            .body(fitting: width, paint: paint)
    }

    /// Of a value that is cut off shorter than this little can be told.
    private static let fair = 12

    package var csv: String {
        CSVText.record(columns.map(JSONValue.string)) + rows.map(CSVText.record).joined()
    }
}
