import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// `/api/v1/links`, the links of one cluster, and one link.
extension InventoryAPI {
    private static let listing: [Parameter] =
        LinkFilter.parameters + [
            Parameter("deleted", "true lists the links that went away instead."),
            Parameter("sort", "A field to sort by, with - before it for the other way round."),
            .limit, .cursor,
        ]

    var linkRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/links",
                id: "listLinks",
                summary: "Every link of the fleet",
                parameters: [Parameter("cluster_id", "Only links of these clusters.")] + Self.listing,
                answer: .list,
                handler: .asynchronous { request in try await links(request, of: nil) }
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}/links",
                id: "listClusterLinks",
                summary: "The links of one cluster",
                parameters: Self.listing,
                answer: .list,
                handler: .asynchronous { request in
                    try await links(request, of: request.parameters["cluster_id"])
                }
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}/links/{link_name}",
                id: "getLink",
                summary: "One link: the newest listed incarnation of its name",
                parameters: [.clusterLinkID],
                handler: .asynchronous { request in try await link(request) }
            ),
        ]
    }

    private func links(_ request: Request, of clusterID: String?) async throws -> Response {
        let view = view
        let cluster = try clusterID.map { try self.cluster($0, in: view) }
        let parameters = (clusterID == nil ? [Parameter("cluster_id", "")] : []) + Self.listing
        let question = try Question(request, knowing: parameters)
        let deleted = try question.choice("deleted", default: Tristate.no)
        guard deleted == .no else {
            let gone = try await history.deletedLinks(of: cluster?.id)
            return try Self.page(
                of: selected(from: view, cluster, question, gone: gone, listed: deleted == .any),
                for: question,
                at: request.path,
                sequence: view.sequence
            )
        }
        let answer = try answers.answer(
            to: request.path + "?" + (request.query ?? ""),
            generation: view.generation
        ) {
            try Self.representation(
                of: selected(from: view, cluster, question, gone: [], listed: true),
                for: question,
                at: request.path,
                sequence: view.sequence
            )
        }
        return .representation(answer)
    }

    private struct Listed {
        let link: PresentableLink
        let bytes: () -> [UInt8]
    }

    private func selected(
        from view: FleetView,
        _ cluster: ClusterView?,
        _ question: Question,
        gone: [DeletedLinkRow],
        listed: Bool
    ) throws -> [Listed] {
        let filter = try LinkFilter(question)
        var selected: [Listed] = []
        for cluster in cluster.map({ [$0] }) ?? view.clusters where filter.admits(cluster) {
            for record in cluster.links where listed {
                let link = PresentableLink(record, in: cluster)
                if filter.admits(link) {
                    selected.append(Listed(link: link) { fragments.fragment(of: record, in: cluster) })
                }
            }
        }
        for row in gone {
            guard let cluster = view.cluster(row.cluster), filter.admits(cluster) else { continue }
            let link = PresentableLink(row, in: cluster)
            if filter.admits(link) { selected.append(Listed(link: link) { LinkJSON.link(link).encoded }) }
        }
        return selected
    }

    private static func page(
        of links: [Listed],
        for question: Question,
        at path: String,
        sequence: Int64
    ) throws -> Response {
        .representation(try representation(of: links, for: question, at: path, sequence: sequence))
    }

    private static func representation(
        of links: [Listed],
        for question: Question,
        at path: String,
        sequence: Int64
    ) throws -> Representation {
        let order = try LinkOrder(question)
        let limit = try question.limit
        let cursor = try Cursor.given(with: question, on: path)
        let sorted = links.map { (key: order.key(of: $0.link), item: $0) }.sorted { order.precedes($0.key, $1.key) }
        let rest = cursor.map { cursor in sorted.drop { !order.precedes(cursor.key, $0.key) } } ?? sorted[...]
        let page = rest.prefix(limit)
        let next = page.count < rest.count ? page.last.map { Cursor(key: $0.key).text(for: question, on: path) } : nil
        return JSONAnswer.representation(
            JSONList.encoded(page.map { $0.item.bytes() }, nextCursor: next),
            sequence: sequence
        )
    }

    private func link(_ request: Request) async throws -> Response {
        let question = try Question(request, knowing: [.clusterLinkID])
        let view = view
        let cluster = try cluster(request.parameters["cluster_id"], in: view)
        let name = request.parameters["link_name"]
        let id = question["cluster_link_id"].flatMap { ClusterLinkID($0) }
        if let record = cluster.link(named: name, id: id) {
            return .representation(
                answers.answer(to: request.path + "?" + (request.query ?? ""), generation: view.generation) {
                    JSONAnswer.representation(
                        fragments.fragment(of: record, in: cluster),
                        sequence: view.sequence
                    )
                }
            )
        }
        if id != nil {
            let gone = try await history.deletedLinks(of: cluster.id).filter { $0.name.rawValue == name }
            if let row = gone.meant(byID: id) {
                return JSONAnswer.response(LinkJSON.link(PresentableLink(row, in: cluster)))
            }
        }
        guard cluster.wasListed else { throw APIProblem.notYetObserved(cluster: cluster.id.rawValue) }
        throw APIProblem.unknownLink(name: name, cluster: cluster.id.rawValue)
    }

    /// The cluster that a path names, configured or not.
    func cluster(_ id: String, in view: FleetView) throws -> ClusterView {
        guard let cluster = view.cluster(ClusterID(id)) else { throw APIProblem.unknownCluster(id: id) }
        return cluster
    }
}
