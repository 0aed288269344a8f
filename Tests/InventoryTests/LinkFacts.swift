import ClusterLinks
import ExactJSON

/// What a link says of itself, told apart field by field: the naive counterpart of `LinkContent`.
struct LinkFacts: Hashable {
    let name: String
    var id: String?
    var error: String?
    var message: String?
    var state: String?
    var topics: Set<String> = []
    var extra: Int?
    /// Names of tasks; none is as good as an empty reading.
    var tasks: Set<String> = []

    init(name: String, id: String?) {
        self.name = name
        self.id = id
    }

    /// Reads what a document says.
    init(_ fields: JSONObject) {
        name = fields["link_name"]?.string ?? ""
        id = fields["cluster_link_id"]?.string
        error = fields["link_error"]?.string
        message = fields["link_error_message"]?.string
        state = fields["link_state"]?.string
        topics = Set((fields["topic_names"]?.array ?? []).compactMap(\.string))
        extra = fields["extra"]?.int
        tasks = Set((fields["tasks"]?.array ?? []).compactMap { $0.object?["task_name"]?.string })
    }

    var identity: LinkIdentity? {
        id.flatMap { ClusterLinkID($0) }.map(LinkIdentity.id) ?? LinkName(name).map(LinkIdentity.name)
    }

    /// The code or the bad state, as a text that tells them apart.
    var trouble: String? {
        if let error { return "error \(error)" }
        return state == "FAILED" ? "state FAILED" : nil
    }

    func changed(from earlier: LinkFacts) -> [String] {
        var fields: [String] = []
        if id != earlier.id { fields.append("cluster_link_id") }
        if extra != earlier.extra { fields.append("extra") }
        if error != earlier.error { fields.append("link_error") }
        if message != earlier.message { fields.append("link_error_message") }
        if name != earlier.name { fields.append("link_name") }
        if state != earlier.state { fields.append("link_state") }
        if tasks != earlier.tasks { fields.append("tasks") }
        if topics != earlier.topics { fields.append("topic_names") }
        return fields
    }

    /// A list item that says so, with what is no content chosen at random.
    func item(using random: inout SeededGenerator) -> JSONObject {
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
        members.append(("metadata", .object(["self": .int(Int.random(in: 0..<9, using: &random))])))
        var item = JSONObject()
        for (name, value) in members.shuffled(using: &random) { item[name] = value }
        return item
    }

    static func reading(_ tasks: Set<String>, using random: inout SeededGenerator) -> TaskReading {
        TaskReading(
            .array(tasks.shuffled(using: &random).map { .object(["task_name": .string($0), "state": "ACTIVE"]) })
        )
    }
}
