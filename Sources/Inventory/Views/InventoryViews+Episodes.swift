import ClusterLinks

extension InventoryViews {
    static func linkErrors(_ moment: ViewMoment) -> InventoryView {
        let now = "max(\(moment.now.milliseconds), episode.started_at)"
        let end = "ifnull(episode.ended_at, \(now))"
        return InventoryView(
            "link_errors",
            from: """
                main.clusters CROSS JOIN main.links ON links.cluster_key = clusters.cluster_key
                CROSS JOIN main.error_episodes AS episode ON episode.link_key = links.link_key
                WHERE \(InventoryView.usesClusters)
                """,
            [
                .text("cluster_id", "clusters.cluster_id"),
                .text("cluster_name", "clusters.cluster_name"),
                .text("link_name", "links.link_name"),
                .text("cluster_link_id", "links.cluster_link_id"),
                .text("link_error", text("episode.error_key")),
                .text("link_error_message", "(SELECT message FROM (\(messages)) ORDER BY at DESC LIMIT 1)"),
                .text("link_state", text("episode.state_key")),
                .instant("started_at", "episode.started_at"),
                .instant("ended_at", "episode.ended_at"),
                .real("duration_seconds", "(\(end) - episode.started_at) / 1000.0"),
                .real(
                    "blind_seconds",
                    "(\(end) - episode.started_at - \(known(from: "episode.started_at", to: end))) / 1000.0"
                ),
                .integer("ongoing", "episode.ended_at IS NULL"),
                .integer(
                    "observations",
                    """
                    CASE WHEN episode.end_observation IS NOT NULL
                        THEN episode.end_observation - episode.first_observation
                        ELSE max(1, \(SQLForm.successes(of: "links.cluster_key")) - episode.first_observation + 1) END
                    """
                ),
                .instant(
                    "last_observed_at",
                    """
                    ifnull(episode.last_observed_at, max(episode.started_at,
                        ifnull(\(SQLForm.lastSuccess(of: "links.cluster_key")), episode.started_at)))
                    """
                ),
                .integer("started_before_observation", "episode.before_observation"),
                .text(
                    "messages",
                    """
                    (SELECT json_group_array(json_object('at', \(SQLForm.instant("at")), 'message', message))
                        FROM (SELECT at, message FROM (\(messages)) ORDER BY at))
                    """
                ),
            ]
        )
    }

    private static func text(_ key: String) -> String {
        "(SELECT words.text FROM main.texts AS words WHERE words.text_key = \(key))"
    }

    /// What an episode said of itself, each in the document that said it.
    private static let messages = """
        SELECT said.at AS at, ifnull(json_extract(source.body, '$.link_error_message'), words.text) AS message
        FROM main.episode_messages AS said
            LEFT JOIN main.documents AS source ON source.document_key = said.document_key
            LEFT JOIN main.texts AS words ON words.text_key = said.text_key
        WHERE said.link_key = episode.link_key AND said.at >= episode.started_at
            AND (episode.ended_at IS NULL OR said.at < episode.ended_at)
            AND ifnull(json_extract(source.body, '$.link_error_message'), words.text) IS NOT NULL
        """

    /// For how many milliseconds of a span the link's cluster was known, by the rules of `KnownTime`: from each run of
    /// successes until it was stale or the next began, within the spans of the configuration.
    private static func known(from start: String, to end: String) -> String {
        """
        ifnull((SELECT sum(max(0,
                min(\(end), ifnull(configured.valid_to, \(end)), run.last_at + run.stale_after_ms,
                    ifnull((SELECT following.first_at FROM main.poll_runs AS following
                        WHERE following.cluster_key = run.cluster_key AND following.failure IS NULL
                            AND following.first_at > run.first_at ORDER BY following.first_at LIMIT 1), \(end)))
                - max(\(start), configured.valid_from, run.first_at)))
            FROM main.poll_runs AS run
                JOIN main.configuration_spans AS configured ON configured.cluster_key = run.cluster_key
            WHERE run.cluster_key = links.cluster_key AND run.failure IS NULL AND run.first_at < \(end)
                AND run.first_at >= ifnull((SELECT earlier.first_at FROM main.poll_runs AS earlier
                    WHERE earlier.cluster_key = links.cluster_key AND earlier.failure IS NULL
                        AND earlier.first_at <= \(start) ORDER BY earlier.first_at DESC LIMIT 1), \(start))), 0)
        """
    }
}
