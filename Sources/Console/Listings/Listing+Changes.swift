import ClusterLinks
package import ExactJSON

extension Listing {
    /// The change feed, oldest first.
    package static let changes = Listing(
        [Column("NUMBER") { TextTable.Cell(CSVText.words($0.value.member("sequence")), .quiet) }]
            + Column.instant("AT", "at")
            + [
                Column("KIND") { .changeKind($0.text("kind")) }, .cluster, .link,
                Column("WHAT", least: 12, fair: 24) { TextTable.Cell($0.change) },
            ],
        fields: [
            "sequence", "at", "kind", "cluster_id", "link_name", "cluster_link_id", "changed", "before", "after",
            "baseline",
        ],
        nothing: "no changes",
        tellsClusterNames: true
    )

    /// What differs between two instants.
    package static let differences = Listing(
        [
            Column("KIND") { .changeKind($0.text("kind")) }, .cluster, .link,
            Column("WHAT", least: 12, fair: 24) { TextTable.Cell($0.difference) },
        ],
        fields: ["kind", "cluster_id", "link_name", "cluster_link_id", "fields"],
        nothing: "no differences",
        tellsClusterNames: true
    )

    /// One change as one line, as it is told while it happens.
    package static func line(
        of change: JSONValue,
        _ surroundings: Surroundings,
        width: Int?,
        paint: Paint
    ) -> String {
        let row = Row(value: change, next: nil, surroundings: surroundings)
        let kind = TextTable.Cell.changeKind(row.text("kind"))
        let start = "\(CSVText.words(change.member("sequence")))  \(row.instant("at")?.toTheSecond ?? "")  "
        let name = row.text("link_name")
        let subject = name.isEmpty ? row.cluster : "\(row.cluster)/\(name)"
        let rest = ["", subject, row.change].filter { !$0.isEmpty }.map { "  " + $0 }.joined().plain
        let room = width.map { max($0 - start.displayWidth - kind.text.displayWidth, 1) }
        return paint(start, .quiet) + paint(kind.text, kind.tint) + (room.map(rest.truncated(to:)) ?? rest)
    }
}

extension TextTable.Cell {
    fileprivate static func changeKind(_ text: String) -> Self {
        switch text {
        case "created", "added", "restored": Self(text, .good)
        case "deleted", "removed", "retired": Self(text, .bad)
        default: Self(text, .doubtful)
        }
    }
}

extension Listing.Row {
    /// Of a link that is there at one of the instants only, what was wrong with it: all its fields differ.
    fileprivate var difference: String {
        switch text("kind") {
        case "added": value.member("fields").member("link_error").member("to").string ?? ""
        case "removed": value.member("fields").member("link_error").member("from").string.map { "reported \($0)" } ?? ""
        default: ChangeText.differences(value.member("fields").object ?? [:])
        }
    }

    fileprivate var change: String {
        let changed = (value.member("changed").array ?? []).compactMap(\.string)
        switch text("kind") {
        case "created":
            return flag("baseline")
                ? "there when its cluster was first seen" : value.member("after.link_error").string ?? ""
        case "retired": return "the cluster left the configuration"
        case "restored": return "the cluster is configured again"
        case "deleted": return value.member("before.link_error").string.map { "reported \($0)" } ?? ""
        default: return ChangeText.fields(changed, from: value.member("before"), to: value.member("after"))
        }
    }
}
