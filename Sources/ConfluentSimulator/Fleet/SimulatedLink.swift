/// One cluster-link object as one cluster holds it; a source-initiated or bidirectional link is two of these, with one
/// name and one id, on two clusters and each with a state of its own.
package struct SimulatedLink: Sendable, Equatable {
    /// The side this object is on, which decides the cluster ids that are set in its answers.
    package enum Role: String, Sendable, CaseIterable {
        case destination
        case source
        case bidirectional
    }

    /// How far an asynchronous creation or deletion has come, on the simulator's clock.
    package enum Phase: Sendable, Equatable {
        case listed
        /// Accepted but not yet readable or listed.
        case appearing(at: Duration)
        /// Deleted but still listed; a single read already gives 404.
        case leaving(at: Duration)
    }

    /// What is done to one field of the answer, known or not, whatever the link's own value is.
    package enum FieldOverride: Sendable, Equatable {
        case value(WireValue)
        case absent
    }

    package var name: String
    package var id: SimulatedLinkID
    package var role: Role
    /// The cluster at the other end; it need not be one of the simulated ones.
    package var remoteClusterID: String
    package var state = "ACTIVE"
    /// Nil is health: rendered as `NO_ERROR` or left out, by the cluster's dialect.
    package var error: String?
    package var errorMessage: String?
    /// In the order the server holds them, which is no order at all; empty on the source side.
    package var topics: [String]
    package var tasks: [SimulatedTask]
    package var configs: [String: String]
    package var overrides: [String: FieldOverride] = [:]
    package var phase = Phase.listed

    package init(
        name: String,
        id: SimulatedLinkID,
        role: Role = .destination,
        remoteClusterID: String,
        topics: [String] = [],
        tasks: [SimulatedTask] = SimulatedTask.set(configured: ["ConsumerOffsetSync", "TopicConfigsSync"]),
        configs: [String: String] = ["bootstrap.servers": "broker-1.example.org:9092"]
    ) {
        self.name = name
        self.id = id
        self.role = role
        self.remoteClusterID = remoteClusterID
        self.topics = topics
        self.tasks = tasks
        self.configs = configs
    }

    /// Whether a list shows it.
    package var isListed: Bool {
        if case .appearing = phase { false } else { true }
    }

    /// Whether a single read finds it.
    package var isReadable: Bool { phase == .listed }

    /// Puts it back to health: no error, active, no task error, fields as they are.
    package mutating func recover() {
        state = "ACTIVE"
        error = nil
        errorMessage = nil
        overrides = [:]
        for index in tasks.indices where tasks[index].state != "NOT_CONFIGURED" {
            tasks[index].state = "ACTIVE"
            tasks[index].errors = []
        }
    }
}
