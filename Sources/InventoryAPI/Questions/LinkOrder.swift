import ClusterLinks
import ExactJSON
import Inventory

/// In which order a list shows links: by a field if one is asked for, then by cluster, name and id.
struct LinkOrder: Sendable {
    private let field: (@Sendable (PresentableLink) -> String)?
    private let isDescending: Bool

    /// The fields that `sort` takes.
    static var names: [String] { fields.keys.sorted() }

    private static let fields: [String: @Sendable (PresentableLink) -> String] = [
        "cluster_id": { $0.cluster.id.rawValue },
        "cluster_name": { $0.cluster.description.name ?? "" },
        "link_name": { $0.name.rawValue },
        "cluster_link_id": { $0.clusterLinkID?.rawValue ?? "" },
        "health": { $0.health.rawValue },
        "last_known_health": { $0.lastKnownHealth.rawValue },
        "link_state": { $0.content.state?.rawValue ?? "" },
        "link_error": { $0.content.error?.rawValue ?? "" },
        "remote_cluster_id": { $0.content.remoteClusterID ?? "" },
        "direction": { $0.direction.rawValue },
        "first_observed_at": { $0.firstObservedAt.description },
        "last_changed_at": { $0.lastChangedAt.description },
    ]

    init(_ question: Question) throws {
        guard let text = question["sort"] else {
            field = nil
            isDescending = false
            return
        }
        isDescending = text.hasPrefix("-")
        guard let field = Self.fields[isDescending ? String(text.dropFirst()) : text] else {
            throw APIProblem.badParameter(
                name: "sort",
                value: text,
                allowed: "one of \(Self.names.joined(separator: ", ")), with - before it for descending"
            )
        }
        self.field = field
    }

    /// Whether links are shown in order of their clusters, as they are kept.
    var isNatural: Bool { field == nil }

    /// How many parts a key has.
    var keyParts: Int { field == nil ? 4 : 5 }

    /// What a link is ordered by, and what a cursor tells of it.
    func key(of link: PresentableLink) -> [String] {
        (field.map { [$0(link)] } ?? []) + [
            link.cluster.id.rawValue, link.name.rawValue, link.clusterLinkID?.rawValue ?? "",
            link.deletedAt?.description ?? "",
        ]
    }

    /// Whether a link stands after what a cursor tells of another.
    func precedes(_ cursor: [String], _ link: PresentableLink) -> Bool {
        // Nearly all links of a page are of later clusters, so that the cluster tells.
        if isNatural, let last = cursor.first, link.cluster.id != ClusterID(last) {
            return ClusterID(last) < link.cluster.id
        }
        return precedes(cursor, key(of: link))
    }

    /// The items in the order of the links that they are about.
    func sorted<Item>(_ items: [Item], by link: (Item) -> PresentableLink) -> [Item] {
        // As they are kept is mostly as they are shown: then no key need be made.
        if isNatural, zip(items, items.dropFirst()).allSatisfy({ Self.areInNaturalOrder(link($0), link($1)) }) {
            return items
        }
        return items.map { (key: key(of: link($0)), item: $0) }.sorted { precedes($0.key, $1.key) }.map(\.item)
    }

    /// By cluster and name; false also where only the rest of the key can tell.
    private static func areInNaturalOrder(_ left: PresentableLink, _ right: PresentableLink) -> Bool {
        if left.cluster.id != right.cluster.id { return left.cluster.id < right.cluster.id }
        return left.name < right.name
    }

    /// Text is compared by its UTF-8 bytes: the order is the same everywhere, and no two links are in one place, as two
    /// spellings of one character would be to `String`.
    private func precedes(_ left: [String], _ right: [String]) -> Bool {
        for (index, (left, right)) in zip(left, right).enumerated() where !left.utf8.elementsEqual(right.utf8) {
            let precedes = left.precedesInBytes(right)
            return isDescending && index == 0 ? !precedes : precedes
        }
        return false
    }
}
