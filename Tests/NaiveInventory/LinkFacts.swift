package import ClusterLinks
package import ExactJSON

/// What a link says of itself, told apart field by field: the naive counterpart of `LinkContent`.
package struct LinkFacts: Hashable, Sendable {
    package var name: String
    package var id: String?
    package var error: String?
    package var message: String?
    package var state: String?
    package var topics: Set<String> = []
    package var extra: Int?
    /// The clusters at the link's ends, as it tells them.
    package var source: String?
    package var destination: String?
    package var remote: String?
    /// Names of tasks, with `=CODE` behind one that fails; none is as good as an empty reading.
    package var tasks: Set<String> = []

    package init(name: String, id: String?) {
        self.name = name
        self.id = id
    }

    /// Reads what a document says.
    package init(_ fields: JSONObject) {
        name = fields["link_name"]?.string ?? ""
        id = fields["cluster_link_id"]?.string
        error = fields["link_error"]?.string
        message = fields["link_error_message"]?.string
        state = fields["link_state"]?.string
        topics = Set((fields["topic_names"]?.array ?? []).compactMap(\.string))
        extra = fields["extra"]?.int
        source = fields["source_cluster_id"]?.string
        destination = fields["destination_cluster_id"]?.string
        remote = fields["remote_cluster_id"]?.string
        tasks = Set((fields["tasks"]?.array ?? []).compactMap(\.object).compactMap(Self.task))
    }

    package var identity: LinkIdentity? {
        id.flatMap { ClusterLinkID($0) }.map(LinkIdentity.id) ?? LinkName(name).map(LinkIdentity.name)
    }

    /// The code or the bad state, as a text that tells them apart.
    package var trouble: String? {
        if let error { return "error \(error)" }
        return state.flatMap { ["FAILED", "UNAVAILABLE"].contains($0) ? "state \($0)" : nil }
    }

    package func changed(from earlier: LinkFacts) -> [String] {
        var fields: [String] = []
        if id != earlier.id { fields.append("cluster_link_id") }
        if destination != earlier.destination { fields.append("destination_cluster_id") }
        if extra != earlier.extra { fields.append("extra") }
        if error != earlier.error { fields.append("link_error") }
        if message != earlier.message { fields.append("link_error_message") }
        if name != earlier.name { fields.append("link_name") }
        if state != earlier.state { fields.append("link_state") }
        if remote != earlier.remote { fields.append("remote_cluster_id") }
        if source != earlier.source { fields.append("source_cluster_id") }
        if tasks != earlier.tasks { fields.append("tasks") }
        if topics != earlier.topics { fields.append("topic_names") }
        return fields
    }

    /// A list item that says so, with what is no content chosen at random.
    package func item(using random: inout SeededGenerator) -> JSONObject {
        var members: [(String, JSONValue)] = [("link_name", .string(name))]
        if let id { members.append(("cluster_link_id", .string(id))) }
        if let error {
            members.append(("link_error", .string(error)))
        } else if random.once(in: 2) {
            members.append(("link_error", random.one(of: [.null, "", "NO_ERROR"])))
        }
        if let message {
            members.append(("link_error_message", .string(message)))
        } else if random.once(in: 2) {
            members.append(("link_error_message", ""))
        }
        if let state { members.append(("link_state", .string(state))) }
        let noise = random.once(in: 3) ? [JSONValue.string("")] : []
        members.append(("topic_names", .array(topics.shuffled(using: &random).map(JSONValue.string) + noise)))
        if let extra { members.append(("extra", .int(extra))) }
        for (field, cluster) in [
            ("source_cluster_id", source), ("destination_cluster_id", destination), ("remote_cluster_id", remote),
        ] {
            if let cluster {
                members.append((field, .string(cluster)))
            } else if random.once(in: 2) {
                members.append((field, .null))
            }
        }
        members.append(("metadata", .object(["self": .int(Int.random(in: 0..<9, using: &random))])))
        var item = JSONObject()
        for (name, value) in members.shuffled(using: &random) { item[name] = value }
        return item
    }

    package static func reading(_ tasks: Set<String>, using random: inout SeededGenerator) -> TaskReading {
        TaskReading(.array(tasks.shuffled(using: &random).map { .object(Self.document(of: $0)) }))
    }

    /// A task as the upstream tells it.
    package static func document(of task: String) -> JSONObject {
        let parts = task.split(separator: "=").map(String.init)
        guard parts.count == 2 else { return ["task_name": .string(task), "state": "ACTIVE"] }
        let error: JSONObject = ["error_code": .string(parts[1]), "error_message": "it fails"]
        return ["task_name": .string(parts[0]), "state": "IN_ERROR", "errors": [.object(error)]]
    }

    private static func task(_ document: JSONObject) -> String? {
        let code = document["errors"]?.array?.first?.object?["error_code"]?.string
        return document["task_name"]?.string.map { name in code.map { "\(name)=\($0)" } ?? name }
    }
}
