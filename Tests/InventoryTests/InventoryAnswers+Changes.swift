import ClusterLinks
import ExactJSON
import GRDB
import Inventory

extension InventoryAnswers {
    /// The whole feed, oldest first; a link's name and id are those it has now, what it had then is in the documents.
    ///
    /// Reads the rows of the newest schema.
    func changes() async throws -> [JSONValue] {
        let file = try DatabaseQueue(path: inventory.database.path)
        let rows = try await file.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT sequence, at, kind, cluster_id, link_name, cluster_link_id,
                        ifnull(fields, '[]') AS fields, baseline,
                        before.body AS before_body, after.body AS after_body
                    FROM changes JOIN clusters USING (cluster_key) LEFT JOIN links USING (link_key)
                        LEFT JOIN versions ON versions.link_key = changes.link_key AND valid_from = at
                        LEFT JOIN field_lists USING (field_list_key)
                        LEFT JOIN documents AS before ON before.document_key = before_key
                        LEFT JOIN documents AS after ON after.document_key = after_key
                    ORDER BY sequence
                    """
            ).map(Self.change)
        }
        try file.close()
        return rows
    }

    private static func change(_ row: Row) throws -> JSONValue {
        func json(_ text: String?) throws -> JSONValue { try text.map { try JSONValue(parsing: $0) } ?? .null }
        return [
            "sequence": .int(row["sequence"] as Int64),
            "at": .instant(Instant(milliseconds: row["at"])),
            "kind": .string(["changed", "created", "deleted", "retired", "restored"][row["kind"]]),
            "cluster_id": .string(row["cluster_id"]),
            "link_name": .optional(row["link_name"]),
            "cluster_link_id": .optional(row["cluster_link_id"]),
            "changed": try json(row["fields"]),
            "before": try json(row["before_body"]),
            "after": try json(row["after_body"]),
            "baseline": .bool(row["baseline"]),
        ]
    }
}
