import ClusterLinks
import ExactJSON
import Inventory

/// How an error episode is written.
enum EpisodeJSON {
    static func object(_ episode: EpisodeRow) -> JSONObject {
        [
            "cluster_id": .string(episode.link.cluster.rawValue),
            "link_name": .string(episode.link.name),
            "cluster_link_id": .optional(episode.link.clusterLinkID),
            "link_error": .optional(episode.trouble.linkError),
            "link_error_message": .optional(episode.messages.last?.message),
            "link_state": .optional(episode.trouble.linkState),
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
}
