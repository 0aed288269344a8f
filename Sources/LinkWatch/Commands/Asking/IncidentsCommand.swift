import ArgumentParser
import Console
import ServiceClient

/// `linkwatch incidents`: alerts by their cause.
struct IncidentsCommand: AsyncParsableCommand {
    enum State: String, CaseIterable, ExpressibleByArgument { case open, closed, all }

    static let configuration = CommandConfiguration(
        commandName: "incidents",
        abstract: "Lists alerts by their cause, with the reason why they are taken for one, newest first."
    )

    @Option(help: "open, closed or all.")
    var state = State.open

    @OptionGroup var limit: LimitOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try await reading.show { session in
            let states = state == .all ? "open,closed" : state.rawValue
            let request = ServiceRequest(["api", "v1", "incidents"], query: [("state", states)])
            guard session.form == .table else {
                return try await session.answer(request, as: IncidentText.listing, limit: limit.limit)
            }
            let most = limit.limit.map { $0 == 0 ? nil : $0 } ?? LimitOptions.usual
            let list = try await session.respondent.list(request, limit: most)
            let around = try await session.surroundings(naming: true)
            let text = IncidentText(list.rows, around).text(width: Terminal.width, paint: session.paint)
            return session.people(text, list, limit: most)
        }
    }
}
