/// The members that a notification has, as far as their names are linkwatch's own: a misspelt one is found when a template is
/// read, and not by somebody who is woken by a message without words.
indirect enum TemplateShape: Sendable {
    /// A text, a number, true or false, or null.
    case value
    /// Texts under names that others choose, such as labels.
    case open
    case list(of: TemplateShape)
    case object([String: TemplateShape])

    /// What the placeholders outside of loops can name.
    static let notification: TemplateShape = .object([
        "notification_id": .value, "type": .value, "incident": incident, "alerts": .list(of: alert),
        "alerts_left_out": .value, "sent_at": .value, "secret": .value,
    ])

    private static let incident: TemplateShape = .object(
        values([
            "id", "state", "severity", "reason", "opened_at", "closed_at", "alerts_firing", "alerts_total",
        ])
    )

    private static let alert: TemplateShape = .object(
        values([
            "id", "fingerprint", "kind", "severity", "state", "cluster_id", "link_name", "cluster_link_id",
            "link_error", "code", "task",
            "message",
            "started_at", "fired_at", "resolved_at", "resolved_reason", "observations", "flapping",
        ]).merging([
            "labels": .open, "annotations": .open,
            "remediation": .object(values(["meaning", "likely_cause", "first_step", "link"])),
        ]) { $1 }
    )

    private static func values(_ names: [String]) -> [String: TemplateShape] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, .value) })
    }

    /// The shape of a member.
    func member(at path: [String]) throws(TemplateError) -> TemplateShape {
        var shape = self
        for (index, step) in path.enumerated() {
            guard let member = shape.member(step) else {
                throw .unknownName(
                    TemplateError.excerpt(path.prefix(index + 1).joined(separator: ".")),
                    known: shape.names
                )
            }
            shape = member
        }
        return shape
    }

    private func member(_ step: String) -> TemplateShape? {
        switch self {
        case .value: nil
        case .open: .open
        case .list(let element): step == "count" ? .value : Int(step).map { _ in element }
        case .object(let members): members[step]
        }
    }

    /// Those of its members, in their order.
    private var names: [String] {
        switch self {
        case .value, .open: []
        case .list: ["0", "1", "count"]
        case .object(let members): members.keys.sorted()
        }
    }
}
