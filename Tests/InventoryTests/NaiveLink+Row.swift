import ClusterLinks
import ExactJSON
import GRDB
import Inventory
import NaiveInventory

extension NaiveLink.Change {
    init(_ row: Row) throws {
        let facts = { (body: String?) in try body.flatMap { try JSONValue(parsing: $0).object }.map { LinkFacts($0) } }
        self.init(
            at: Instant(milliseconds: row["at"]),
            kind: ["changed", "created", "deleted", "retired", "restored"][row["kind"]],
            before: try facts(row[2]),
            after: try facts(row[3]),
            changed: (try JSONValue(parsing: row[4] as String).array ?? []).compactMap(\.string),
            isBaseline: row["baseline"]
        )
    }
}
