import ArgumentParser
import Console
import ServiceClient

/// `linkwatch silence`: spans of time in which nobody is told of certain alerts.
struct SilenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence",
        abstract: "Lists, adds and ends silences: spans of time in which nobody is told of certain alerts.",
        subcommands: [SilenceListCommand.self, SilenceAddCommand.self, SilenceExpireCommand.self],
        defaultSubcommand: SilenceListCommand.self
    )
}

/// `linkwatch silence list`.
struct SilenceListCommand: AsyncParsableCommand {
    enum State: String, CaseIterable, ExpressibleByArgument { case active, pending, expired, all }

    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists silences that are active or to come, unless others are asked for. Takes the role operate."
    )

    @Option(help: "Silences of this state: active, pending, expired or all; may be given again.")
    var state: [State] = []

    @OptionGroup var limit: LimitOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try await reading.show { session in
            let states = state.contains(.all) ? [.active, .pending, .expired] : state
            let query = states.isEmpty ? [] : [(name: "state", value: states.map(\.rawValue).joined(separator: ","))]
            let request = ServiceRequest(["api", "v1", "silences"], query: query, role: "operate")
            return try await session.answer(request, as: .silences, limit: limit.limit, usual: LimitOptions.usual)
        }
    }
}

/// `linkwatch silence expire`.
struct SilenceExpireCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expire",
        abstract: "Ends silences now; what still fires is told. Takes the role operate.",
        discussion: "Exit status 2 where some of several could not be ended."
    )

    @Argument(
        help: ArgumentHelp("The ids of silences, as `linkwatch silence list` tells them.", valueName: "id"),
        completion: .silences
    )
    var ids: [String]

    @OptionGroup var acting: ActingOptions

    func validate() throws { try acting.demandNamed(ids) }

    func run() async throws {
        try await acting.run(each: ids, as: .silences) { id in
            ServiceRequest(["api", "v1", "silences", id], method: .delete, role: "operate")
        }
    }
}
