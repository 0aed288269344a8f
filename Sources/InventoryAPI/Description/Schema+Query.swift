import Querying

extension Schema {
    static let queryRequestFields: [SchemaField] = [
        SchemaField("sql", .text, "One SELECT over the views that docs/sql.md tells of."),
        SchemaField(
            "parameters",
            .anything,
            "An array of values for ?, or an object of values for :name; each null, true, false, a number or a string.",
            isOptional: true
        ),
    ]

    static let queryAnswerFields: [SchemaField] = [
        SchemaField(
            "columns",
            .list(
                of: .object([
                    SchemaField("name", .text),
                    SchemaField(
                        "type",
                        .oneOf(["text", "integer", "real", "blob", "any", "null"]),
                        "Of its values: any where they are of several; where there are none, that of a view's column of the name."
                    ),
                ])
            )
        ),
        SchemaField("rows", .list(of: .list(of: .anything)), "A blob is told in base64, infinity as a text."),
        SchemaField("truncated", .flag, "Whether there are more rows than were told."),
        SchemaField(
            "truncated_by",
            .oneOf(QueryAnswer.Cut.allCases.map(\.rawValue)),
            "The limit that they were cut at.",
            isOptional: true
        ),
        SchemaField("duration_seconds", .number, "How long the statement ran."),
    ]
}
