import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// The past of one link: its versions and its error episodes.
extension InventoryAPI {
    private static let parameters: [Parameter] = [.clusterLinkID, .from, .to, .limit, .cursor]

    var historyRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/clusters/{cluster_id}/links/{link_name}/history",
                id: "listVersions",
                summary: "The versions of a link, newest first, of all incarnations of its name",
                parameters: Self.parameters,
                answer: .list(of: .version),
                handler: .asynchronous { try await versions($0) }
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}/links/{link_name}/errors",
                id: "listLinkErrors",
                summary: "The error episodes of a link, newest first, of all incarnations of its name",
                parameters: Self.parameters,
                answer: .list(of: .episode),
                handler: .asynchronous { try await episodes($0) }
            ),
        ]
    }

    private func versions(_ question: Question) async throws -> Response {
        let view = view
        let link = try await selection(question, in: view)
        return try await HistoryPage.answer(question, sequence: view.sequence) { page in
            try await history.versions(of: link, page: page)
        } position: {
            $0.position
        } json: { version in
            [
                "cluster_link_id": .optional(version.clusterLinkID),
                "valid_from": .string(version.validFrom.description),
                "valid_to": .optional(version.validTo?.description),
                "changed": .array(version.changed.map(JSONValue.string)),
                "link": .object(LinkJSON.document(version.fields)),
            ]
        }
    }

    private func episodes(_ question: Question) async throws -> Response {
        let view = view
        let link = try await selection(question, in: view)
        let now = now
        return try await HistoryPage.answer(question, sequence: view.sequence) { page in
            try await history.episodes(of: link, page: page, now: now)
        } position: {
            $0.position
        } json: {
            Self.json(of: $0)
        }
    }

    private static func json(of episode: EpisodeRow) -> JSONObject {
        [
            "cluster_id": .string(episode.cluster.rawValue),
            "link_name": .string(episode.linkName),
            "cluster_link_id": .optional(episode.clusterLinkID),
            "link_error": .optional(episode.linkError),
            "link_error_message": .optional(episode.messages.last?.message),
            "link_state": .optional(episode.linkState),
            "started_at": .string(episode.startedAt.description),
            "ended_at": .optional(episode.endedAt?.description),
            "duration_seconds": .double(episode.length.seconds),
            "blind_seconds": .double(episode.blind.seconds),
            "ongoing": .bool(episode.endedAt == nil),
            "observations": .int(episode.observations),
            "last_observed_at": .string(episode.lastObservedAt.description),
            "started_before_observation": .bool(episode.startedBeforeObservation),
            "messages": .array(
                episode.messages.map { ["at": .string($0.at.description), "message": .string($0.message)] }
            ),
        ]
    }

    /// The link that a path names, which was listed at some time.
    private func selection(_ question: Question, in view: FleetView) async throws -> History.LinkSelection {
        let cluster = try cluster(question.clusterID, in: view)
        let link = History.LinkSelection(cluster: cluster.id, name: question.linkName, id: try question.incarnation)
        guard try await history.knows(link) else {
            guard cluster.wasListed else { throw APIProblem.notYetObserved(cluster: cluster.id.rawValue) }
            throw APIProblem.unknownLink(name: link.name, cluster: cluster.id.rawValue)
        }
        return link
    }
}
