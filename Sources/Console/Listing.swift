package import ClusterLinks
package import ExactJSON

/// How the rows of one kind of list are shown: as a table for people, as records for programs.
package struct Listing: Sendable {
    /// One row with what it takes to tell it.
    package struct Row: Sendable {
        let value: JSONValue
        /// The row after it in the list, which where the list is newest first was before it in time.
        let next: JSONValue?
        let surroundings: Surroundings
    }

    /// What holds for all rows.
    package struct Surroundings: Sendable {
        package let now: Instant
        /// Names by `cluster_id`.
        package let clusterNames: [String: String]

        package init(now: Instant, clusterNames: [String: String] = [:]) {
            self.now = now
            self.clusterNames = clusterNames
        }
    }

    struct Column: Sendable {
        let column: TextTable.Column
        let cell: @Sendable (Row) -> TextTable.Cell

        init(
            _ head: String,
            least: Int? = nil,
            fair: Int? = nil,
            rank: Int = 0,
            _ cell: @escaping @Sendable (Row) -> TextTable.Cell
        ) {
            column = TextTable.Column(head, least: least, fair: fair, rank: rank)
            self.cell = cell
        }
    }

    let columns: [Column]
    /// The members that make a record, those of inner objects by their path: `links.total`.
    let fields: [String]
    /// What is said in the place of a table without rows.
    let nothing: String
    /// Whether names of clusters have to be looked up for the table.
    package let tellsClusterNames: Bool

    init(_ columns: [Column], fields: [String], nothing: String, tellsClusterNames: Bool = false) {
        self.columns = columns
        self.fields = fields
        self.nothing = nothing
        self.tellsClusterNames = tellsClusterNames
    }

    package func table(_ rows: [JSONValue], _ surroundings: Surroundings, width: Int?, paint: Paint) -> String {
        guard !rows.isEmpty else { return nothing }
        let cells = rows.indices.map { index in
            let next = rows.indices.contains(index + 1) ? rows[index + 1] : nil
            let row = Row(value: rows[index], next: next, surroundings: surroundings)
            return columns.map { $0.cell(row) }
        }
        return TextTable(columns: columns.map(\.column), rows: cells).text(fitting: width, paint: paint)
    }

    package func csv(_ rows: [JSONValue]) -> String { ([header] + rows.map(record)).joined() }

    package var header: String { CSVText.record(fields.map(JSONValue.string)) }

    package func record(_ row: JSONValue) -> String {
        CSVText.record(fields.map(row.member))
    }
}

extension Listing.Row {
    func text(_ path: String) -> String { value.member(path).string ?? "" }

    func instant(_ path: String) -> Instant? { value.member(path).instant }

    func flag(_ path: String) -> Bool { value.member(path).bool == true }

    /// The name of the row's cluster, which people know better than its id.
    var cluster: String {
        for name in [text("cluster_name"), surroundings.clusterNames[text("cluster_id")] ?? ""] where !name.isEmpty {
            return name
        }
        return text("cluster_id")
    }
}

extension JSONValue {
    /// A member of an object or of objects inside it, by the names that lead there; null where there is none.
    func member(_ path: String) -> JSONValue {
        // A name may itself hold a dot.
        if let value = object?[path] { return value }
        guard let dot = path.firstIndex(of: ".") else { return .null }
        return object?[String(path[..<dot])]?.member(String(path[path.index(after: dot)...])) ?? .null
    }

    var instant: Instant? { string.flatMap { Instant(rfc3339: $0) } }

    var seconds: Double? { if case .number(let number) = self { number.double } else { nil } }
}
