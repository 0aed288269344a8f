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

    package func table(width: Int?, paint: Paint) -> String {
        guard !columns.isEmpty else { return "no columns" }
        return TextTable(
            columns: columns.map { TextTable.Column($0.plain, least: 6) },
            rows: rows.map { $0.map { TextTable.Cell(CSVText.words($0)) } }
        ).text(fitting: width, paint: paint)
    }

    package var csv: String {
        CSVText.record(columns.map(JSONValue.string)) + rows.map(CSVText.record).joined()
    }
}
