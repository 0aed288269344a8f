import ClusterLinks
import ExactJSON
import GRDB
import Inventory

/// What the views answer, read in this process and as a whole.
struct ViewRows {
    private let views: InventoryViews
    private let stored: DatabaseQueue

    init(_ views: InventoryViews, of stored: DatabaseQueue) {
        self.views = views
        self.stored = stored
    }

    /// The rows of a view by the names of their columns, as text; reals in milliseconds.
    func all(_ name: String, by order: String = "1") throws -> [[String: String]] {
        guard let view = views.all.first(where: { $0.name == name }) else { return [] }
        return try stored.writeWithoutTransaction { db in
            // What a question's process has by itself.
            db.add(
                function: DatabaseFunction("path_segment", argumentCount: 1, pure: true) { values in
                    values.first.flatMap { String.fromDatabaseValue($0) }.map(PathSegment.encoded)
                }
            )
            return try Row.fetchAll(db, sql: "SELECT * FROM (\(view.select)) ORDER BY \(order)").map { row in
                Dictionary(
                    uniqueKeysWithValues: zip(row.columnNames, row.databaseValues).compactMap { name, value in
                        Self.text(value).map { (name, $0) }
                    }
                )
            }
        }
    }

    private static func text(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .null: nil
        case .int64(let value): String(value)
        case .double(let value): String(Int64((value * 1000).rounded()))
        case .string(let value): value
        case .blob: "a blob"
        }
    }
}

extension [String: String?] {
    /// Without the members that are nil, as the rows of a view have none for NULL.
    var told: [String: String] { compactMapValues(\.self) }
}
