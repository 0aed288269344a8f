/// A table of the past and the present as people ask for it in SQL: its name, its columns and their types stay what they are,
/// whatever becomes of the schema behind it.
///
/// It is defined beside the schema, so that a step of that changes both at once. docs/sql.md tells of each column, and a test
/// holds it to what stands here.
package struct InventoryView: Sendable {
    package struct Column: Sendable, Hashable {
        package enum Kind: String, Sendable {
            case text, integer, real
        }

        package let name: String
        package let kind: Kind
        let sql: String

        static func text(_ name: String, _ sql: String) -> Column { Column(name: name, kind: .text, sql: sql) }

        static func integer(_ name: String, _ sql: String) -> Column { Column(name: name, kind: .integer, sql: sql) }

        static func real(_ name: String, _ sql: String) -> Column { Column(name: name, kind: .real, sql: sql) }

        /// RFC 3339 with milliseconds, as everywhere in the interface: such texts are in order of time.
        static func instant(_ name: String, _ milliseconds: String) -> Column {
            Column(name: name, kind: .text, sql: SQLForm.instant(milliseconds))
        }
    }

    package let name: String
    package let columns: [Column]
    /// Tables, and which of their rows.
    ///
    /// What grows with time stands to the right of a CROSS JOIN, by which SQLite comes to it through what is left of that, and never
    /// passes through it as a whole (<https://sqlite.org/optoverview.html#crossjoin>).
    ///
    /// Each table is named with its schema, and a column of each that is no other name of its rowid stands in a condition: SQLite
    /// asks for leave to read a table without one by a name that a question could write as well.
    private let source: String

    init(_ name: String, from source: String, _ columns: [Column]) {
        self.name = name
        self.columns = columns
        self.source = source
    }

    /// Conditions that every row meets, for tables that are joined by their rowids alone.
    static let usesClusters = "clusters.configured >= 0"
    static let usesDocuments = "documents.health >= 0"

    /// The SELECT that the view stands for.
    ///
    /// It may call `path_segment(text)`, which SQLite does not have by itself.
    package var select: String {
        "SELECT \(columns.map { "\($0.sql) AS \($0.name)" }.joined(separator: ",\n")) FROM \(source)"
    }
}
