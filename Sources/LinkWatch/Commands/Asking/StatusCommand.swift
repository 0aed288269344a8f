import ArgumentParser
import Console
import ServiceClient

/// `linkwatch status`: the service in one look.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Tells how the service is: version, database, clusters, links, alerts, the last reload."
    )

    @OptionGroup var remote: RemoteOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var watch: WatchOptions

    func run() async throws {
        try await Session.told {
            let address = try remote.service.address().description
            try await remote.withService { service in
                try await Session(service, output, name: address).show(watch) { session in
                    let status = try await session.respondent.ask(ServiceRequest(["api", "v1", "status"]))
                    if session.form == .json { return session.json(status) }
                    let firing = ServiceRequest(["api", "v1", "alerts"], query: [("state", "firing")])
                    let text = StatusText(
                        status,
                        firing: try await session.respondent.list(firing).rows,
                        now: session.now
                    )
                    return session.form == .csv
                        ? session.csv(text.csv) : text.text(width: Terminal.width, paint: session.paint) + "\n"
                }
            }
        }
    }
}
