import Alerting

extension Schema {
    static let kind = FieldType.oneOf(AlertKind.allCases.map(\.rawValue))
    static let severity = FieldType.oneOf(AlertSeverity.allCases.map(\.rawValue))

    static let remediationFields: [SchemaField] = [
        SchemaField("meaning", .text),
        SchemaField("likely_cause", .text),
        SchemaField("first_step", .text, "A command to run or a thing to look at; names stand as placeholders."),
        SchemaField("link", .nullable(.text), "A page of Confluent's."),
    ]

    private static let acknowledgementFields: [SchemaField] = [
        SchemaField("by", .text), SchemaField("comment", .text), SchemaField("at", .instant),
    ]

    static let alertFields: [SchemaField] = [
        SchemaField("id", .text, "Of this occurrence."),
        SchemaField("fingerprint", .text, "Of what it is about: the same for every occurrence."),
        SchemaField("kind", kind),
        SchemaField("severity", severity, "The highest that the occurrence ever had."),
        SchemaField("state", .oneOf(AlertState.allCases.map(\.rawValue))),
        SchemaField("unconfirmed", .flag, "Whether it is open and its cluster has not been heard of for stale_after."),
        SchemaField("labels", .map(of: .text), "What silences match; the code is none of them."),
        SchemaField("annotations", .map(of: .text)),
        SchemaField("cluster_id", .text),
        SchemaField("link_name", .nullable(.text), "Null for one about a cluster."),
        SchemaField("cluster_link_id", .nullable(.text), "Null where the link has none, or none is listed."),
        SchemaField("link_error", .nullable(.text), "The latest; null for other kinds."),
        SchemaField(
            "code",
            .nullable(.text),
            "The latest link_error, link_state, task error code or reason of a failed poll."
        ),
        SchemaField("task", .nullable(.text), "The task that the code is of."),
        SchemaField("message", .nullable(.text), "The latest."),
        SchemaField("started_at", .instant, "The first bad observation."),
        SchemaField("fired_at", .nullable(.instant)),
        SchemaField("last_observed_at", .instant, "The last observation, good ones and those without news included."),
        SchemaField("resolved_at", .nullable(.instant)),
        SchemaField("resolved_reason", .nullable(.oneOf(ResolvedReason.allCases.map(\.rawValue)))),
        SchemaField("observations", .integer, "From the first on; good ones and those without news included."),
        SchemaField("acknowledged_by", .nullable(.text)),
        SchemaField("acknowledgement", .nullable(.object(acknowledgementFields))),
        SchemaField("silenced_by", .list(of: .text), "The ids of the silences that are active and match it."),
        SchemaField("flapping", .flag),
        SchemaField("incident_id", .nullable(.text), "Null for one that never fired."),
        SchemaField("remediation", .nullable(.object(remediationFields))),
    ]

    static let alertDetailFields =
        alertFields + [
            SchemaField("events", .list(of: .object(eventFields)), "Every step, oldest first."),
            SchemaField("notifications", .list(of: .object(notificationFields)), "What was told of its incident."),
        ]

    private static let eventFields: [SchemaField] = [
        SchemaField("at", .instant),
        SchemaField("kind", .oneOf(steps + ["acknowledged", "acknowledgement_withdrawn"])),
        SchemaField("observations", .integer, "How many there were by then."),
        SchemaField("severity", .nullable(severity), "Where the step is about it."),
        SchemaField("code", .nullable(.text)),
        SchemaField("message", .nullable(.text)),
    ]

    /// Those that are kept to be shown.
    private static let steps = AlertStep.Kind.allCases.filter { $0 != .counted }.map(\.rawValue)

    static let notificationFields: [SchemaField] = [
        SchemaField("notification_id", .text, "The same for every receiver and every attempt."),
        SchemaField("receiver", .text),
        SchemaField("type", .oneOf(IncidentNotification.Kind.allCases.map(\.rawValue))),
        SchemaField("at", .instant, "When it was to be told."),
        SchemaField("state", .oneOf(AlertHistoryJSON.states)),
        SchemaField("failed_attempts", .integer),
        SchemaField("ended_at", .nullable(.instant), "When it was delivered or given up."),
        SchemaField("failure", .nullable(.text), "Why it was given up."),
    ]

    static let acknowledgementRequestFields: [SchemaField] = [
        SchemaField("by", .nullable(.text), "Who takes care; the token's name if not given.", isOptional: true),
        SchemaField("comment", .text, "Why, or what is being done."),
    ]

    static let incidentFields: [SchemaField] = [
        SchemaField("id", .text, "That of its first alert."),
        SchemaField("state", .oneOf(InventoryAPI.IncidentState.allCases.map(\.rawValue))),
        SchemaField("severity", severity, "The highest that any of its alerts ever had."),
        SchemaField("reason", .text, "Why these alerts are one incident."),
        SchemaField("opened_at", .instant),
        SchemaField("closed_at", .nullable(.instant)),
        SchemaField("alerts_firing", .integer),
        SchemaField("alerts_total", .integer),
        SchemaField("children", .list(of: .object(childFields)), "Its alerts in the order in which they joined."),
        SchemaField("evidence", .list(of: .object(factFields)), "What alerts share, with those that joined for it."),
        SchemaField("notification_count", .integer, "How many things receivers were to be told of it."),
    ]

    static let incidentDetailFields =
        incidentFields + [SchemaField("notifications", .list(of: .object(notificationFields)))]

    private static let childFields: [SchemaField] = [
        SchemaField("alert_id", .text),
        SchemaField("kind", kind),
        SchemaField("severity", severity),
        SchemaField("state", .oneOf(AlertState.allCases.map(\.rawValue))),
        SchemaField("cluster_id", .text),
        SchemaField("link_name", .nullable(.text)),
        SchemaField("code", .nullable(.text)),
        SchemaField("fired_at", .nullable(.instant)),
        SchemaField("resolved_at", .nullable(.instant)),
        SchemaField("grounds", .object(groundsFields), "Why it is in this incident."),
    ]

    private static let groundsFields: [SchemaField] = [
        SchemaField("shared", .oneOf(["nothing", "unreachable_cluster", "remote_cluster", "link"])),
        SchemaField("cluster_id", .text, isOptional: true),
        SchemaField("remote_cluster_id", .text, isOptional: true),
        SchemaField("code", .text, isOptional: true),
        SchemaField("link", .text, isOptional: true),
    ]

    private static let factFields = groundsFields + [SchemaField("alert_ids", .list(of: .text))]
}
