import Alerting

extension Schema {
    static let silenceFields: [SchemaField] = [
        SchemaField("id", .text),
        SchemaField("matchers", .list(of: .object(matcherFields)), "All of them must match."),
        SchemaField("starts_at", .instant),
        SchemaField("ends_at", .instant),
        SchemaField("created_by", .text),
        SchemaField("comment", .text),
        SchemaField("state", .oneOf(Silence.State.allCases.map(\.rawValue))),
    ]

    private static let matcherFields: [SchemaField] = [
        SchemaField("name", .text, "That of a label."),
        SchemaField("value", .text, "A text, or an expression that the whole value must match."),
        SchemaField("isRegex", .flag),
        SchemaField("isEqual", .flag, "False where the label must not be so."),
    ]

    static let silenceRequestFields: [SchemaField] = [
        SchemaField("matchers", .list(of: .object(matcherRequestFields)), "At least one that no absent label matches."),
        SchemaField("starts_at", .nullable(.instant), "Now where it is not given.", isOptional: true),
        SchemaField("ends_at", .instant),
        SchemaField("created_by", .nullable(.text), "The token's name where it is not given.", isOptional: true),
        SchemaField("comment", .text, "Why."),
    ]

    private static let matcherRequestFields: [SchemaField] = [
        SchemaField("name", .text, "That of a label."),
        SchemaField("value", .text),
        SchemaField("isRegex", .nullable(.flag), "False where it is not given.", isOptional: true),
        SchemaField("isEqual", .nullable(.flag), "True where it is not given.", isOptional: true),
    ]

    static let errorCodeFields: [SchemaField] =
        [
            SchemaField("kind", kind, "Of the alerts that are about it."),
            SchemaField("code", .nullable(.text), "Null where there is none, or any that is not known."),
            SchemaField("task", .nullable(.text), "The only task that it is about."),
            SchemaField(
                "basis",
                .oneOf(ErrorCodeGuide.Basis.allCases.map(\.rawValue)),
                "Who says so: Confluent, the code's name alone, or linkwatch, whose own word it is."
            ),
        ] + remediationFields

    static let auditEntryFields: [SchemaField] = [
        SchemaField("id", .integer),
        SchemaField("at", .instant),
        SchemaField("actor", .text, "The name of the token, loopback or unix where none was needed, or SIGHUP."),
        SchemaField(
            "peer",
            .nullable(.text),
            "The address that it came from, or unix; null for a signal, and for what an earlier version kept."
        ),
        SchemaField("action", .text),
        SchemaField("target", .text, "The id of what it was done to, or the file."),
        SchemaField("detail", .anything),
    ]
}
