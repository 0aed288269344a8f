import ArgumentParser
import Console
import ServiceClient

/// `linkwatch status`: the service in one look.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Tells how the service is: version, database, clusters, links, alerts, the last reload."
    )

    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try await reading.show { session in
            let status = try await session.respondent.ask(ServiceRequest(["api", "v1", "status"]))
            if session.form == .json { return session.json(status) }
            let firing = ServiceRequest(["api", "v1", "alerts"], query: [("state", "firing")])
            let text = StatusText(
                status,
                firing: try await session.respondent.list(firing).rows,
                now: session.now,
                isOfFile: session.isOfFile
            )
            guard session.form == .table else { return session.csv(text.csv) }
            return session.people(
                text.text(width: Terminal.width, paint: session.paint),
                ServiceList(rows: []),
                limit: nil
            )
        }
    }
}
