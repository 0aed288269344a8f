import ClusterLinks
import HTTPServing
import Inventory

/// How long links were in which health: one link, a cluster's, or those that the filters select.
extension InventoryAPI {
    private static let span = Parameter.pastSpan(lasting: "30 days")
    private static let length = Duration.seconds(30 * 86_400)
    /// Of the filters those that hold for the whole of a link's past.
    private static let filters =
        [.clusterID]
        + LinkFilter.parameters.filter { parameter in
            ["link_name", "cluster_link_id", "label.", "configured"].contains(parameter.name)
        }

    var availabilityRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/availability",
                id: "getAvailability",
                summary: "How long the selected links were in which health, added up",
                parameters: Self.filters + Self.span,
                answer: .item(.availability),
                handler: .asynchronous { try await availability($0) }
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}/availability",
                id: "getClusterAvailability",
                summary: "How long the links of a cluster were in which health, added up",
                parameters: Self.span,
                answer: .item(.availability),
                handler: .asynchronous { try await clusterAvailability($0) }
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}/links/{link_name}/availability",
                id: "getLinkAvailability",
                summary: "How long a link was in which health: the newest incarnation of its name",
                parameters: [.clusterLinkID] + Self.span,
                answer: .item(.availability),
                handler: .asynchronous { try await linkAvailability($0) }
            ),
        ]
    }

    private func availability(_ question: Question) async throws -> Response {
        let filter = try LinkFilter(question)
        let row = try await history.availability(
            of: Set(view.clusters.filter(filter.admits).map(\.id)),
            in: try question.pastSpan(now: now, lasting: Self.length).upTo(now)
        ) { link in
            filter.admits(name: link.name, clusterLinkID: link.clusterLinkID)
        }
        return JSONAnswer.response(AvailabilityJSON.object(row, of: nil))
    }

    private func clusterAvailability(_ question: Question) async throws -> Response {
        let cluster = try cluster(question.clusterID, in: view)
        let row = try await history.availability(
            of: [cluster.id],
            in: try question.pastSpan(now: now, lasting: Self.length).upTo(now)
        )
        return JSONAnswer.response(AvailabilityJSON.object(row, of: cluster.id))
    }

    private func linkAvailability(_ question: Question) async throws -> Response {
        let link = try await selection(question, in: view)
        let span = try question.pastSpan(now: now, lasting: Self.length).upTo(now)
        guard let row = try await history.availability(of: link, in: span) else {
            throw APIProblem.unknownLink(name: link.name, cluster: link.cluster.rawValue)
        }
        return JSONAnswer.response(AvailabilityJSON.object(row, of: link.cluster))
    }
}
