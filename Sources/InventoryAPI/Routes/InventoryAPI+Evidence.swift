import ClusterLinks
import HTTPServing
import Inventory

/// The evidence of an incident: what a support ticket needs, in one document.
extension InventoryAPI {
    private static let length = Duration.seconds(86_400)

    var evidenceRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/clusters/{cluster_id}/links/{link_name}/evidence",
                id: "getEvidence",
                summary:
                    "All that is known of a link within a window, for a support ticket; of all incarnations of its name",
                parameters: [.clusterLinkID] + Parameter.pastSpan(lasting: "24 hours"),
                answer: .item(.evidence),
                handler: .asynchronous { try await evidence($0) }
            )
        ]
    }

    private func evidence(_ question: Question) async throws -> Response {
        let view = view
        let cluster = try cluster(question.clusterID, in: view)
        let link = try await selection(question, in: view)
        let alerts = presentAlerts
        let now = alerts.now
        let span = try question.pastSpan(now: now, lasting: Self.length)
        guard let evidence = try await history.evidence(of: link, in: span, now: now) else {
            throw APIProblem.unknownLink(name: link.name, cluster: link.cluster.rawValue)
        }
        return JSONAnswer.response(
            EvidenceJSON(
                link: link,
                cluster: cluster,
                evidence: evidence,
                alerts: alerts,
                generatedAt: now,
                serviceVersion: service.version
            ).bytes
        )
    }
}
