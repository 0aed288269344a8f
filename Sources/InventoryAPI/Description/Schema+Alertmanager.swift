/// The shapes of Alertmanager's API v2.
extension Schema {
    private static let receiver = FieldType.object([SchemaField("name", .text)])

    static let gettableAlertFields: [SchemaField] = [
        SchemaField("annotations", .map(of: .text)),
        SchemaField("endsAt", .instant, "Until when it is good without another look."),
        SchemaField("fingerprint", .text),
        SchemaField("receivers", .list(of: receiver)),
        SchemaField("startsAt", .instant, "When it fired."),
        SchemaField(
            "status",
            .object([
                SchemaField("inhibitedBy", .list(of: .text)), SchemaField("mutedBy", .list(of: .text)),
                SchemaField("silencedBy", .list(of: .text)), SchemaField("state", .oneOf(["active", "suppressed"])),
            ])
        ),
        SchemaField("updatedAt", .instant, "When it was last observed."),
        SchemaField("generatorURL", .text, "The alert in /api/v1/alerts."),
        SchemaField("labels", .map(of: .text)),
    ]

    static let alertGroupFields: [SchemaField] = [
        SchemaField("labels", .map(of: .text), "Those that all firing alerts of the incident share."),
        SchemaField("receiver", receiver),
        SchemaField("alerts", .list(of: .schema(.gettableAlert))),
    ]

    static let alertmanagerStatusFields: [SchemaField] = [
        SchemaField(
            "cluster",
            .object([SchemaField("status", .oneOf(["disabled"])), SchemaField("peers", .list(of: .anything))])
        ),
        SchemaField("config", .object([SchemaField("original", .text, "Names the receivers, and nothing else.")])),
        SchemaField("uptime", .instant, "When the service started."),
    ]
}
