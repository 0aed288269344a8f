/// One of the background jobs of a link, which only the single GET with `include_tasks=true` shows.
package struct SimulatedTask: Sendable, Equatable {
    /// What a task reports as wrong; both texts are open-ended upstream.
    package struct Failure: Sendable, Equatable {
        package var code: String
        package var message: String

        package init(code: String, message: String) {
            self.code = code
            self.message = message
        }
    }

    /// The four jobs a Confluent server lists for every link, configured or not.
    package static let names = ["AclSync", "AutoCreateMirror", "ConsumerOffsetSync", "TopicConfigsSync"]

    package var name: String
    package var state: String
    package var errors: [Failure]

    package init(name: String, state: String = "ACTIVE", errors: [Failure] = []) {
        self.name = name
        self.state = state
        self.errors = errors
    }

    /// The four tasks of a new link, of which those named in `configured` run.
    package static func set(configured: Set<String>) -> [SimulatedTask] {
        names.map { SimulatedTask(name: $0, state: configured.contains($0) ? "ACTIVE" : "NOT_CONFIGURED") }
    }
}
