extension Schema {
    /// The fourth schema: what alerts follow from observations, who is told of them, and what people did about them.
    static let alerts = """
        -- One occurrence of one trouble each; open while resolved_at is NULL. Of what it is about: cluster_link_id where the
        -- link had one, else its name; neither for a cluster. The numbers are places in the stream of observations.
        CREATE TABLE alerts (
            alert_key INTEGER PRIMARY KEY,
            alert_id TEXT NOT NULL UNIQUE,
            fingerprint TEXT NOT NULL,
            kind TEXT NOT NULL,
            cluster_key INTEGER NOT NULL REFERENCES clusters,
            cluster_link_id TEXT,
            link_name TEXT,
            severity TEXT NOT NULL,
            state TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            fired_at INTEGER,
            resolved_at INTEGER,
            resolved_reason TEXT,
            code TEXT,
            task TEXT,
            message TEXT,
            first_observation INTEGER NOT NULL,
            bad_observation INTEGER NOT NULL,
            bad_at INTEGER NOT NULL,
            good_observation INTEGER,
            good_at INTEGER,
            observations INTEGER NOT NULL,
            last_observed_at INTEGER NOT NULL,
            flapping INTEGER NOT NULL,
            acknowledged_at INTEGER,
            acknowledged_by TEXT,
            acknowledgement TEXT,
            CHECK ((state = 'resolved') = (resolved_at IS NOT NULL))
        ) STRICT;
        CREATE INDEX alerts_by_start ON alerts (started_at, alert_id);
        CREATE INDEX alerts_by_end ON alerts (resolved_at);
        CREATE INDEX alerts_by_fingerprint ON alerts (fingerprint, started_at);
        CREATE INDEX alerts_of_link ON alerts (cluster_key, link_name, started_at);

        -- Every step of an alert, in order; code, message and severity where the step is about them.
        CREATE TABLE alert_events (
            event_key INTEGER PRIMARY KEY,
            alert_key INTEGER NOT NULL REFERENCES alerts,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            observations INTEGER NOT NULL,
            severity TEXT,
            code TEXT,
            message TEXT
        ) STRICT;
        CREATE INDEX events_of_alert ON alert_events (alert_key, event_key);

        -- Alerts with one cause; open while closed_at is NULL.
        CREATE TABLE incidents (
            incident_key INTEGER PRIMARY KEY,
            incident_id TEXT NOT NULL UNIQUE,
            opened_at INTEGER NOT NULL,
            closed_at INTEGER,
            severity TEXT NOT NULL
        ) STRICT;
        CREATE INDEX incidents_by_start ON incidents (opened_at, incident_id);
        CREATE INDEX incidents_by_end ON incidents (closed_at);

        -- Why an alert is in its incident, and what the fleet knew around it, both as JSON; in the order in which they joined.
        CREATE TABLE incident_alerts (
            place INTEGER PRIMARY KEY,
            incident_key INTEGER NOT NULL REFERENCES incidents,
            alert_key INTEGER NOT NULL UNIQUE REFERENCES alerts,
            grounds TEXT NOT NULL,
            surroundings TEXT NOT NULL
        ) STRICT;
        CREATE INDEX alerts_of_incident ON incident_alerts (incident_key, place);

        -- The outbox, and afterwards what was told: a body is kept until its delivery ended. failure: the word for why it was
        -- given up, NULL where the receiver took it.
        CREATE TABLE notifications (
            notification_key INTEGER PRIMARY KEY AUTOINCREMENT,
            notification_id TEXT NOT NULL,
            receiver TEXT NOT NULL,
            incident_key INTEGER NOT NULL REFERENCES incidents,
            kind TEXT NOT NULL,
            at INTEGER NOT NULL,
            body TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt_at INTEGER,
            ended_at INTEGER,
            failure TEXT,
            UNIQUE (notification_id, receiver)
        ) STRICT;
        CREATE INDEX notifications_waiting ON notifications (receiver, notification_key) WHERE ended_at IS NULL;
        CREATE INDEX notifications_of_incident ON notifications (incident_key);
        CREATE INDEX notifications_by_time ON notifications (at);

        -- What a receiver was told of an incident or, where it is an Alertmanager, of an alert: why it is not told again.
        CREATE TABLE told (
            receiver TEXT NOT NULL,
            incident_id TEXT NOT NULL,
            alert_id TEXT NOT NULL,
            firings INTEGER NOT NULL,
            reminders INTEGER NOT NULL,
            severity TEXT NOT NULL,
            at INTEGER NOT NULL,
            resolved_at INTEGER,
            PRIMARY KEY (receiver, incident_id, alert_id),
            CHECK ((incident_id = '') <> (alert_id = ''))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE silences (
            silence_id TEXT NOT NULL PRIMARY KEY,
            matchers TEXT NOT NULL,
            starts_at INTEGER NOT NULL,
            ends_at INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            comment TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- What people did through linkwatch: who (a token's name, or how they came), what, to what, and in which words.
        CREATE TABLE audit (
            audit_key INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            target TEXT NOT NULL,
            detail TEXT NOT NULL
        ) STRICT;
        CREATE INDEX audit_by_time ON audit (at);
        """
}
