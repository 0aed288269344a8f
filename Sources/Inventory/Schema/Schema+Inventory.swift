extension Schema {
    /// The first schema, as it was released; `Schema+Spans` reshapes it.
    static let inventory = """
        CREATE TABLE clusters (
            cluster_key INTEGER PRIMARY KEY,
            cluster_id TEXT NOT NULL UNIQUE,
            cluster_name TEXT,
            labels TEXT NOT NULL DEFAULT '{}',
            endpoint_host TEXT NOT NULL DEFAULT '',
            configured INTEGER NOT NULL,
            ghosts TEXT NOT NULL DEFAULT '[]'
        ) STRICT;

        -- When a cluster was in the configuration; outside of it its time counts as unknown.
        CREATE TABLE configuration_spans (
            cluster_key INTEGER NOT NULL REFERENCES clusters,
            valid_from INTEGER NOT NULL,
            valid_to INTEGER,
            PRIMARY KEY (cluster_key, valid_from)
        ) STRICT, WITHOUT ROWID;

        -- One row an identity. cluster_link_id is NULL while the server has sent none.
        CREATE TABLE links (
            link_key INTEGER PRIMARY KEY,
            cluster_key INTEGER NOT NULL REFERENCES clusters,
            cluster_link_id TEXT,
            link_name TEXT NOT NULL,
            first_observed_at INTEGER NOT NULL,
            deleted_at INTEGER,
            tasks_read INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX links_by_name ON links (cluster_key, link_name);
        CREATE INDEX links_by_id ON links (cluster_key, cluster_link_id);
        CREATE INDEX links_deleted ON links (deleted_at) WHERE deleted_at IS NOT NULL;

        -- Canonical JSON, once for each content that was ever seen.
        CREATE TABLE documents (
            document_key INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            body TEXT NOT NULL
        ) STRICT;

        -- Which fields changed: the same few lists over and over.
        CREATE TABLE field_lists (
            field_list_key INTEGER PRIMARY KEY,
            fields TEXT NOT NULL UNIQUE
        ) STRICT;

        -- completed_at: when the first reading of the tasks came into the document.
        CREATE TABLE versions (
            link_key INTEGER NOT NULL REFERENCES links,
            valid_from INTEGER NOT NULL,
            valid_to INTEGER,
            document_key INTEGER NOT NULL REFERENCES documents,
            field_list_key INTEGER NOT NULL REFERENCES field_lists,
            completed_at INTEGER,
            PRIMARY KEY (link_key, valid_from)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE changes (
            sequence INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            cluster_key INTEGER NOT NULL REFERENCES clusters,
            link_key INTEGER REFERENCES links,
            before_key INTEGER REFERENCES documents,
            after_key INTEGER REFERENCES documents,
            field_list_key INTEGER NOT NULL REFERENCES field_lists,
            baseline INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        -- last_observed_at is NULL while the snapshot is the current one: it is the cluster's last success then.
        CREATE TABLE snapshots (
            cluster_key INTEGER NOT NULL REFERENCES clusters,
            first_observed_at INTEGER NOT NULL,
            last_observed_at INTEGER,
            digest BLOB NOT NULL,
            link_count INTEGER NOT NULL,
            error_count INTEGER NOT NULL,
            PRIMARY KEY (cluster_key, first_observed_at)
        ) STRICT, WITHOUT ROWID;

        -- Runs of equal outcomes. failure is NULL for successes; message is that of the last poll.
        CREATE TABLE poll_runs (
            cluster_key INTEGER NOT NULL REFERENCES clusters,
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            count INTEGER NOT NULL,
            total_duration_us INTEGER NOT NULL,
            failure TEXT,
            http_status INTEGER,
            message TEXT,
            stale_after_ms INTEGER NOT NULL,
            successes_before INTEGER NOT NULL,
            PRIMARY KEY (cluster_key, first_at)
        ) STRICT, WITHOUT ROWID;

        -- first_observation and end_observation count the cluster's successful polls, so that their difference is the
        -- number of observations however long a run is.
        CREATE TABLE error_episodes (
            link_key INTEGER NOT NULL REFERENCES links,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            link_error TEXT,
            link_state TEXT,
            before_observation INTEGER NOT NULL,
            first_observation INTEGER NOT NULL,
            end_observation INTEGER,
            last_observed_at INTEGER,
            PRIMARY KEY (link_key, started_at)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE episode_messages (
            link_key INTEGER NOT NULL REFERENCES links,
            started_at INTEGER NOT NULL,
            at INTEGER NOT NULL,
            message TEXT NOT NULL,
            PRIMARY KEY (link_key, started_at, at)
        ) STRICT, WITHOUT ROWID;
        """
}
