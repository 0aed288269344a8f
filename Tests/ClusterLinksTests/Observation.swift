import ExactJSON

/// What a test lets a ledger, and the naive model beside it, observe.
enum Observation {
    case list([SeenLink])
    case sameBytes
    case tasks([SeenTask], ofLinkNamed: String)
    /// A poll that failed, before or after the answer was read: nobody is told anything.
    case failure
    case restart
}

/// A link as a list shows it, told apart from the many ways of writing it.
struct SeenLink: Equatable {
    var name: String
    var ids: [String: String]
    var error: String?
    var message: String?
    var state: String?
    var topics: Set<String>
    var counts: [String: Int]
    var novel: String?

    /// The same link in one of the spellings that truth rules 7 to 9 call equal.
    func json(using generator: inout SeededGenerator) -> JSONValue {
        var members: [(String, JSONValue?)] = [
            ("link_name", .string(name)),
            ("link_error", Self.spelling(of: error, absentAs: [nil, .null, "", "NO_ERROR"], using: &generator)),
            ("link_error_message", Self.spelling(of: message, absentAs: [nil, .null, ""], using: &generator)),
            ("link_state", Self.spelling(of: state, absentAs: [nil, .null, ""], using: &generator)),
            ("topic_names", topicNames(using: &generator)),
            ("category_counts", categoryCounts(using: &generator)),
            ("novel", novel.map { ["n": .string($0), "null": .null, "list": [2, 1]] }),
            ("metadata", ["self": .int(generator.next() % 100)]),
            ("tasks", generator.oneIn(3) ? [["task_name": "FromAList", "state": "IN_ERROR"]] : nil),
        ]
        members += ids.map { ($0.key, .string($0.value)) }
        var object = JSONObject()
        for (name, value) in members.shuffled(using: &generator) { object[name] = value }
        return .object(object)
    }

    private static func spelling(
        of value: String?,
        absentAs spellings: [JSONValue?],
        using generator: inout SeededGenerator
    ) -> JSONValue? {
        if let value { return .string(value) }
        return spellings[Int(generator.next() % UInt64(spellings.count))]
    }

    private func topicNames(using generator: inout SeededGenerator) -> JSONValue? {
        var names = Array(topics)
        if let twice = names.first, generator.oneIn(3) { names.append(twice) }
        if generator.oneIn(3) { names.append("") }
        if names.isEmpty, generator.oneIn(2) { return generator.oneIn(2) ? .null : nil }
        return .array(names.shuffled(using: &generator).map { .string($0) })
    }

    private func categoryCounts(using generator: inout SeededGenerator) -> JSONValue? {
        guard !counts.isEmpty else { return nil }
        return .array(
            counts.shuffled(using: &generator).map { category, count in
                generator.oneIn(2)
                    ? ["state_category": .string(category), "count": .int(count)]
                    : ["count": .int(count), "state_category": .string(category)]
            }
        )
    }
}

/// A task as the single GET shows it.
struct SeenTask {
    var name: String
    var state: String?
    var codes: [String]

    func json(using generator: inout SeededGenerator) -> JSONValue {
        var task: JSONObject = ["task_name": .string(name)]
        if let state { task["state"] = .string(state) }
        var errors = codes.map { code -> JSONValue in
            generator.oneIn(2) ? ["error_code": .string(code), "error_message": ""] : ["error_code": .string(code)]
        }
        if generator.oneIn(3) { errors.append(["error_code": "NO_ERROR"]) }
        if !errors.isEmpty || generator.oneIn(2) { task["errors"] = .array(errors.shuffled(using: &generator)) }
        return .object(task)
    }
}
