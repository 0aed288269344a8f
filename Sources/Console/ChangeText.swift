import ExactJSON

/// What became another, in words short enough for a line: `link_error: TIMEOUT_ERROR (was none), topic_names: +orders.eu`.
///
/// What is now stands first: a narrow terminal cuts off the end.
enum ChangeText {
    /// What people ask for first.
    private static let foremost = [
        "link_error", "link_state", "link_name", "link_error_message", "tasks", "topic_names", "remote_cluster_id",
    ]

    static func names(_ fields: [String]) -> String { ordered(fields).joined(separator: ", ") }

    /// - Parameter shown: fields of which it is enough that they changed, as what they are is told beside it.
    static func fields(
        _ names: [String],
        from before: JSONValue,
        to after: JSONValue,
        shown: Set<String> = []
    ) -> String {
        ordered(names).map { name in
            if shown.contains(name) { return name }
            let (old, new) = (before.member(name), after.member(name))
            if name == "topic_names" {
                let (old, new) = (
                    Set((old.array ?? []).compactMap(\.string)), Set((new.array ?? []).compactMap(\.string))
                )
                return topics(added: new.subtracting(old).sorted(), removed: old.subtracting(new).sorted())
            }
            return field(name, from: old, to: new)
        }.joined(separator: ", ")
    }

    /// The fields of a difference: `{"from", "to"}`, of topics `{"added", "removed"}`.
    static func differences(_ fields: JSONObject) -> String {
        ordered(fields.members.map(\.name)).map { name in
            let difference = fields[name] ?? .null
            guard difference.object?["added"] == nil else {
                return topics(
                    added: (difference.member("added").array ?? []).compactMap(\.string),
                    removed: (difference.member("removed").array ?? []).compactMap(\.string)
                )
            }
            return field(name, from: difference.member("from"), to: difference.member("to"))
        }.joined(separator: ", ")
    }

    private static func ordered(_ names: [String]) -> [String] {
        foremost.filter(names.contains) + names.filter { !foremost.contains($0) }
    }

    /// Of what is no text or number, only that it changed: nobody reads two arrays in a line.
    private static func field(_ name: String, from old: JSONValue, to new: JSONValue) -> String {
        guard isShort(old), isShort(new) else { return name }
        return "\(name): \(told(new)) (was \(told(old)))"
    }

    private static func isShort(_ value: JSONValue) -> Bool {
        switch value {
        case .array, .object: false
        default: true
        }
    }

    private static func told(_ value: JSONValue) -> String {
        let text = CSVText.words(value)
        return text.isEmpty ? "none" : text
    }

    private static func topics(added: [String], removed: [String]) -> String {
        let signed = added.map { "+\($0)" } + removed.map { "-\($0)" }
        let rest = signed.count - mostTopics
        return "topic_names: " + signed.prefix(mostTopics).joined(separator: " ")
            + (rest > 0 ? " and \(rest) more" : "")
    }

    private static let mostTopics = 3
}
