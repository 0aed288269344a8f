import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// `/api/v1/links`, the links of one cluster, and one link.
extension InventoryAPI {
    private static let listing: [Parameter] =
        LinkFilter.parameters + [
            Parameter(
                "deleted",
                "true lists the links that went away instead, any those too.",
                .choice(Tristate.allCases.map(\.rawValue))
            ),
            Parameter(
                "sort",
                "A field to sort by, with - before it for the other way round.",
                .choice(LinkOrder.names.flatMap { [$0, "-" + $0] })
            ),
            .at, .limit, .cursor,
        ]

    var linkRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/links",
                id: "listLinks",
                summary: "Every link of the fleet",
                parameters: [.clusterID] + Self.listing,
                answer: .list(of: .link, beside: Schema.pastFields),
                handler: .atHand({ known($0) }, otherwise: { question in try await links(question) { $0.clusters } })
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}/links",
                id: "listClusterLinks",
                summary: "The links of one cluster",
                parameters: Self.listing,
                answer: .list(of: .link, beside: Schema.pastFields),
                handler: .atHand(
                    { known($0) },
                    otherwise: { question in
                        try await links(question) { [try cluster(question.clusterID, in: $0)] }
                    }
                )
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}/links/{link_name}",
                id: "getLink",
                summary: "One link: the newest listed incarnation of its name",
                parameters: [.clusterLinkID, .at],
                answer: .item(.link),
                handler: .atHand({ known($0) }, otherwise: { try await link($0) })
            ),
        ]
    }

    /// - Parameter clusters: those of a view that the path speaks of.
    private func links(
        _ question: Question,
        of clusters: (FleetView) throws -> [ClusterView]
    ) async throws -> Response {
        let view = view
        let clusters = try clusters(view)
        if let at = try past(question) { return try await pastLinks(question, of: clusters, at: at) }
        let deleted = try question.choice("deleted", default: Tristate.no)
        if deleted == .no {
            return .representation(
                try answers.answer(to: question.request.target, generation: view.generation) {
                    try page(of: clusters.map { ($0, $0.links, []) }, for: question, view)
                }
            )
        }
        let gone = Dictionary(
            grouping: try await history.deletedLinks(of: clusters.count == 1 ? clusters[0].id : nil),
            by: \.cluster
        )
        let lists = clusters.map { cluster in
            // The rows are newer than the view: what is gone in them may still be listed in it.
            let listed = Set(cluster.links.map(\.link.identity))
            return (
                cluster, deleted == .any ? cluster.links : [],
                (gone[cluster.id] ?? []).filter { !listed.contains($0.identity) }
            )
        }
        return .representation(try page(of: lists, for: question, view))
    }

    /// A page of the links that the question admits.
    private func page(
        of clusters: [(cluster: ClusterView, listed: [LinkRecord], gone: [DeletedLinkRow])],
        for question: Question,
        _ view: FleetView
    ) throws -> Representation {
        let present = pairing.fleet(of: view)
        let filter = try LinkFilter(question)
        var page = try LinkPage(question)
        for (cluster, listed, gone) in clusters where filter.admits(cluster) {
            for record in listed {
                let link = PresentableLink(record, in: cluster)
                if filter.admits(link) {
                    page.offer(link) { $0.append(contentsOf: fragment(of: record, in: cluster, present)) }
                }
            }
            for row in gone {
                let link = PresentableLink(row, in: cluster)
                if filter.admits(link) { page.offer(link) { LinkJSON.write(link, into: &$0) } }
            }
        }
        return page.representation(for: question, sequence: view.sequence)
    }

    private func link(_ question: Question) async throws -> Response {
        let view = view
        let cluster = try cluster(question.clusterID, in: view)
        let (name, id) = (question.linkName, try question.incarnation)
        if let at = try past(question) { return try await pastLink(named: name, id: id, on: cluster, at: at) }
        if let record = cluster.link(named: name, id: id) {
            return .representation(
                answers.answer(to: question.request.target, generation: view.generation) {
                    JSONAnswer.representation(
                        fragment(of: record, in: cluster, pairing.fleet(of: view)),
                        sequence: view.sequence
                    )
                }
            )
        }
        if id != nil {
            let gone = try await history.deletedLinks(of: cluster.id).filter { $0.name == LinkName(name) }
            if let row = gone.meant(byID: id) {
                return JSONAnswer.response(
                    LinkJSON.bytes(of: PresentableLink(row, in: cluster)),
                    sequence: view.sequence
                )
            }
        }
        throw try await neverListed(History.LinkSelection(cluster: cluster.id, name: name, id: id), on: cluster)
    }

    /// The cluster that a path names, configured or not.
    func cluster(_ id: ClusterID, in view: FleetView) throws -> ClusterView {
        guard let cluster = view.cluster(id) else { throw APIProblem.unknownCluster(id: id.rawValue) }
        return cluster
    }
}
