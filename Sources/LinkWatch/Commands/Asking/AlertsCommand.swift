import ArgumentParser
import Console
import ServiceClient

/// `linkwatch alerts`: what is wrong and whether somebody takes care.
struct AlertsCommand: AsyncParsableCommand {
    enum State: String, CaseIterable, ExpressibleByArgument { case pending, firing, resolved, all }

    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "Lists alerts, newest first: those that fire or are about to, unless other states are asked for."
    )

    @Option(help: "Alerts of this state: pending, firing, resolved or all; may be given again, as all that follow.")
    var state: [State] = []

    @Option(help: ArgumentHelp("Alerts of this kind, such as link_error.", valueName: "kind"))
    var kind: [String] = []

    @Option(help: "Alerts of this severity: info, warning or critical.")
    var severity: [String] = []

    @Option(
        help: ArgumentHelp("Alerts of this cluster, by its id or its name.", valueName: "cluster"),
        completion: .clusters
    )
    var cluster: [String] = []

    @Option(help: ArgumentHelp("Alerts of links of this name.", valueName: "link"), completion: .links)
    var link: [String] = []

    @OptionGroup var limit: LimitOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try await reading.show { session in
            var query: [(name: String, value: String)] = []
            let states = state.isEmpty ? [.firing, .pending] : state
            for (name, values) in [
                ("state", states.contains(.all) ? [] : states.map(\.rawValue)), ("kind", kind), ("severity", severity),
                ("cluster_id", try await NameLookup(session.respondent).clusters(cluster)), ("link_name", link),
            ] where !values.isEmpty {
                query.append((name, values.joined(separator: ",")))
            }
            return try await session.answer(
                ServiceRequest(["api", "v1", "alerts"], query: query),
                as: .alerts,
                limit: limit.limit,
                usual: states == [.firing, .pending] ? nil : LimitOptions.usual
            )
        }
    }
}
