import ClusterLinks
import GRDB

extension InventoryWriter {
    func perform(_ write: LinkWrite) throws {
        let at = write.at.milliseconds
        switch write.event {
        case .appeared(let link, let isBaseline):
            try store(link, write)
            try beginVersion(link, of: write.link, changed: [])
            try addChange("created", write, before: nil, after: link.content, changed: [], isBaseline: isBaseline)
        case .changed(let link, let before, let fields):
            try endVersion(of: write.link, at: write.at)
            try execute("UPDATE links SET link_name = ? WHERE link_key = ?", [link.name.rawValue, write.link])
            try beginVersion(link, of: write.link, changed: fields)
            try addChange("changed", write, before: before, after: link.content, changed: fields)
        case .completed(let link):
            try execute(
                "UPDATE versions SET document_key = ?, completed_at = ? WHERE link_key = ? AND valid_from = ?",
                [try documentKey(link.content), at, write.link, link.versionSince.milliseconds]
            )
            try execute("UPDATE links SET tasks_read = 1 WHERE link_key = ?", [write.link])
        case .adopted(let link, _):
            try execute(
                "UPDATE versions SET document_key = ? WHERE link_key = ? AND valid_from = ?",
                [try documentKey(link.content), write.link, link.versionSince.milliseconds]
            )
            try execute(
                "UPDATE links SET cluster_link_id = ? WHERE link_key = ?",
                [link.identity.clusterLinkID?.rawValue, write.link]
            )
        case .vanished(let link):
            try endVersion(of: write.link, at: write.at)
            try execute("UPDATE links SET deleted_at = ? WHERE link_key = ?", [at, write.link])
            try addChange("deleted", write, before: link.content, after: nil, changed: [])
        case .episodeBegan(let episode, _):
            try begin(episode, write)
        case .episodeToldMessage(let message, _):
            try execute(
                """
                INSERT INTO episode_messages (link_key, started_at, at, message)
                VALUES (?1, (SELECT max(started_at) FROM error_episodes WHERE link_key = ?1), ?2, ?3)
                """,
                [write.link, at, message]
            )
        case .episodeEnded(let episode, _):
            try execute(
                """
                UPDATE error_episodes SET ended_at = ?, end_observation = ?, last_observed_at = ?
                WHERE link_key = ? AND started_at = ?
                """,
                [
                    at, write.observation, write.lastObservedAt.milliseconds, write.link,
                    episode.startedAt.milliseconds,
                ]
            )
        }
    }

    private func store(_ link: TrackedLink, _ write: LinkWrite) throws {
        try execute(
            """
            INSERT INTO links (link_key, cluster_key, cluster_link_id, link_name, first_observed_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (link_key) DO UPDATE SET cluster_link_id = excluded.cluster_link_id,
                link_name = excluded.link_name, deleted_at = NULL, tasks_read = 0
            """,
            [
                write.link, write.cluster, link.identity.clusterLinkID?.rawValue, link.name.rawValue,
                link.firstObservedAt.milliseconds,
            ]
        )
    }

    private func beginVersion(_ link: TrackedLink, of key: Int64, changed: [String]) throws {
        try execute(
            "INSERT INTO versions (link_key, valid_from, document_key, field_list_key) VALUES (?, ?, ?, ?)",
            [key, link.versionSince.milliseconds, try documentKey(link.content), try fieldListKey(changed)]
        )
    }

    /// The open version of a link is its latest: found by key, however many versions the link has.
    private func endVersion(of key: Int64, at instant: Instant) throws {
        try execute(
            """
            UPDATE versions SET valid_to = ?1
            WHERE link_key = ?2 AND valid_from = (SELECT max(valid_from) FROM versions WHERE link_key = ?2)
            """,
            [instant.milliseconds, key]
        )
    }

    private func begin(_ episode: OpenEpisode, _ write: LinkWrite) throws {
        try execute(
            """
            INSERT INTO error_episodes (link_key, started_at, link_error, link_state, before_observation,
                first_observation)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                write.link, episode.startedAt.milliseconds, episode.trouble.error?.rawValue,
                episode.trouble.state?.rawValue, episode.startedBeforeObservation, episode.firstObservation,
            ]
        )
        guard let message = episode.message else { return }
        try execute(
            "INSERT INTO episode_messages (link_key, started_at, at, message) VALUES (?, ?, ?, ?)",
            [write.link, episode.startedAt.milliseconds, episode.startedAt.milliseconds, message]
        )
    }

    private func addChange(
        _ kind: String,
        _ write: LinkWrite,
        before: LinkContent?,
        after: LinkContent?,
        changed: [String],
        isBaseline: Bool = false
    ) throws {
        try execute(
            """
            INSERT INTO changes (sequence, at, kind, cluster_key, link_key, before_key, after_key, field_list_key, baseline)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                write.sequence, write.at.milliseconds, kind, write.cluster, write.link, try before.map(documentKey),
                try after.map(documentKey), try fieldListKey(changed), isBaseline,
            ]
        )
    }
}
