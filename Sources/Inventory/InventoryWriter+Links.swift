import ClusterLinks
import GRDB

extension InventoryWriter {
    func perform(_ write: LinkWrite) throws {
        let at = write.at.milliseconds
        switch write.event {
        case .appeared(let link, let isBaseline):
            try store(link, write)
            let document = try beginVersion(link, of: write.link, changed: [])
            try addChange(ChangeWrite(.created, write, before: nil, after: document, isBaseline: isBaseline))
        case .changed(let link, _, let fields):
            let before = try latestDocumentKey(ofLink: write.link)
            let document = try beginVersion(link, of: write.link, changed: fields)
            if fields.contains("link_name") {
                try run("UPDATE links SET link_name = ? WHERE link_key = ?", link.name.rawValue, write.link)
            }
            try addChange(ChangeWrite(.changed, write, before: before, after: document))
        case .completed(let link):
            try run(
                "UPDATE versions SET document_key = ?, completed_at = ? WHERE link_key = ? AND valid_from = ?",
                try documentKey(link.content),
                at,
                write.link,
                link.versionSince.milliseconds
            )
            try run("UPDATE links SET tasks_read = 1 WHERE link_key = ?", write.link)
        case .adopted(let link, _):
            try run(
                "UPDATE versions SET document_key = ?, completed_at = ? WHERE link_key = ? AND valid_from = ?",
                try documentKey(link.content),
                at,
                write.link,
                link.versionSince.milliseconds
            )
            try run(
                "UPDATE links SET cluster_link_id = ? WHERE link_key = ?",
                link.identity.clusterLinkID?.rawValue,
                write.link
            )
        case .vanished:
            let before = try latestDocumentKey(ofLink: write.link)
            try run("INSERT INTO versions (link_key, valid_from) VALUES (?, ?)", write.link, at)
            try run("UPDATE links SET deleted_at = ? WHERE link_key = ?", at, write.link)
            try addChange(ChangeWrite(.deleted, write, before: before, after: nil))
        case .episodeBegan(let episode, _):
            try begin(episode, write)
        case .episodeToldMessage(let message, _):
            try tell(message, write)
        case .episodeEnded(let episode, _):
            try run(
                """
                UPDATE error_episodes SET ended_at = ?, end_observation = ?, last_observed_at = ?
                WHERE link_key = ? AND started_at = ?
                """,
                at,
                write.observation,
                write.lastObservedAt.milliseconds,
                write.link,
                episode.startedAt.milliseconds
            )
        }
    }

    private func store(_ link: TrackedLink, _ write: LinkWrite) throws {
        try run(
            """
            INSERT INTO links (link_key, cluster_key, cluster_link_id, link_name, first_observed_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (link_key) DO UPDATE SET cluster_link_id = excluded.cluster_link_id,
                link_name = excluded.link_name, deleted_at = NULL, tasks_read = 0
            """,
            write.link,
            write.cluster,
            link.identity.clusterLinkID?.rawValue,
            link.name.rawValue,
            link.firstObservedAt.milliseconds
        )
    }

    /// The new row ends the version before it, of which nothing need be touched.
    /// - Returns: the key of the version's document.
    private func beginVersion(_ link: TrackedLink, of key: Int64, changed: [String]) throws -> Int64 {
        let document = try documentKey(link.content)
        try run(
            "INSERT INTO versions (link_key, valid_from, document_key, field_list_key) VALUES (?, ?, ?, ?)",
            key,
            link.versionSince.milliseconds,
            document,
            try fieldListKey(changed)
        )
        return document
    }

    private func tell(_ message: String, _ write: LinkWrite) throws {
        let at = write.at.milliseconds
        let document = try documentKey(ofLink: write.link, from: at)
        try run(
            "INSERT INTO episode_messages (link_key, at, document_key, text_key) VALUES (?, ?, ?, ?)",
            write.link,
            at,
            document,
            try document == nil ? textKey(message) : nil
        )
    }

    private func begin(_ episode: OpenEpisode, _ write: LinkWrite) throws {
        try run(
            """
            INSERT INTO error_episodes (link_key, started_at, error_key, state_key, before_observation,
                first_observation)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            write.link,
            episode.startedAt.milliseconds,
            try (episode.trouble.error?.rawValue).map(textKey),
            try (episode.trouble.state?.rawValue).map(textKey),
            episode.startedBeforeObservation,
            episode.firstObservation
        )
        if let message = episode.message { try tell(message, write) }
    }
}
