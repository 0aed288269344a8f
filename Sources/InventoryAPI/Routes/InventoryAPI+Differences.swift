import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// `/api/v1/diff`: what differs between two instants.
extension InventoryAPI {
    var differenceRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/diff",
                id: "listDifferences",
                summary:
                    "The links that were added, removed, recreated or changed between two instants, field by field",
                parameters: [
                    Parameter("from", "The earlier instant (RFC 3339).", .instant, isRequired: true),
                    Parameter("to", "The later instant (RFC 3339); now where it is not given.", .instant),
                    .clusterID, .label, .configured,
                    Parameter("link_name", "Only links of these names.", .list()),
                    Parameter("cluster_link_id", "Only the links with these ids.", .list()),
                    Parameter(
                        "kind",
                        "Only differences of these kinds.",
                        .list(LinkDifference.Kind.allCases.map(\.rawValue))
                    ),
                    .limit, .cursor,
                ],
                answer: .list(of: .difference, beside: [SchemaField("from", .instant), SchemaField("to", .instant)]),
                handler: .asynchronous { try await differences($0) }
            )
        ]
    }

    private func differences(_ question: Question) async throws -> Response {
        let now = now
        let (first, last) = try question.window(now: now)
        guard let from = first else {
            throw APIProblem.badParameter(name: "from", value: "", allowed: "an instant, and has to be given")
        }
        let to = last ?? now
        guard from <= to else {
            throw APIProblem.badParameter(name: "from", value: from.description, allowed: "an instant not after now")
        }
        let view = view
        let filter = try DifferenceFilter(question)
        let limit = try question.limit
        let start = try Cursor(of: question, parts: 3)
        return try await history.differences(from: from, to: to) { differences in
            var items: [LinkDifference] = []
            for cluster in differences.clusters where filter.admits(view.cluster(cluster)) {
                guard items.count <= limit else { break }
                if let start, cluster < ClusterID(start.key[0]) { continue }
                items += try differences.differences(on: cluster).filter { item in
                    filter.admits(item) && start.map { !item.key.isUpTo($0.key) } ?? true
                }
            }
            let shown = items.prefix(limit)
            let next = items.count > limit ? shown.last.map { Cursor(key: $0.key).text(for: question) } : nil
            return JSONAnswer.response(
                JSONList.encoded(
                    shown,
                    nextCursor: next,
                    more: ["from": .string(from.description), "to": .string(to.description)]
                ) { $0.json.write(into: &$1) },
                sequence: differences.sequence
            )
        }
    }
}

/// Which differences a list shows.
private struct DifferenceFilter: Sendable {
    private let clusters: ClusterFilter
    private let names: Set<String>?
    private let ids: Set<String>?
    private let kinds: Set<LinkDifference.Kind>?

    init(_ question: Question) throws {
        let kinds: [LinkDifference.Kind]? = try question.choices("kind")
        clusters = try ClusterFilter(question)
        names = question.list("link_name").map(Set.init)
        ids = question.list("cluster_link_id").map(Set.init)
        self.kinds = kinds.map(Set.init)
    }

    /// - Parameter cluster: nil where the present does not know it yet.
    func admits(_ cluster: ClusterView?) -> Bool {
        cluster.map(clusters.admits) ?? false
    }

    func admits(_ difference: LinkDifference) -> Bool {
        kinds?.contains(difference.kind) ?? true && names?.contains(difference.name.rawValue) ?? true
            && ids?.contains(difference.identity.clusterLinkID?.rawValue ?? "") ?? true
    }
}

extension LinkDifference {
    /// What a page is ordered by, and what a cursor tells of the last item.
    fileprivate var key: [String] { [cluster.rawValue, name.rawValue, identity.description] }
}

extension [String] {
    /// Whether a key is that of a cursor, or stands before it, by the bytes of its parts.
    fileprivate func isUpTo(_ other: [String]) -> Bool {
        for (left, right) in zip(self, other) where !left.utf8.elementsEqual(right.utf8) {
            return left.precedesInBytes(right)
        }
        return true
    }
}
