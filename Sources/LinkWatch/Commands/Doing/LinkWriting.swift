import ArgumentParser
import ClusterLinks
import Console
import ExactJSON
import ServiceClient

/// What creating and deleting a link have in common: where it is asked for, and waiting until the inventory shows it.
struct LinkWriting: ParsableArguments {
    @Flag(help: "Only asks whether it could be done; nothing is done.")
    var validateOnly = false

    @Flag(help: "Waits until the inventory shows what was done: the upstream says yes before it has done it.")
    var wait = false

    @Option(
        help: ArgumentHelp(
            "How long --wait waits; exit status 2 where the inventory does not show it by then.",
            valueName: "duration"
        )
    )
    var timeout = LengthOfTime(.seconds(120))

    @OptionGroup var remote: RemoteOptions

    /// Lends the service; what goes wrong is told on standard error and ends the command.
    func run(_ body: @escaping @Sendable (Session) async throws -> Void) async throws {
        try await Session.told {
            let address = try remote.service.address().description
            let plain = try OutputOptions.parse([])
            try await remote.withService { try await body(Session($0, plain, name: address)) }
        }
    }

    /// Waits until a link is listed, or is not any more.
    ///
    /// - Throws: `ExitCode` 2 where that is not so in time.
    func awaitInventory(_ session: Session, cluster: String, link: String, isListed: Bool) async throws {
        guard wait, !validateOnly else { return }
        let started = ContinuousClock.now
        try await session.withProgress {
            session.tell("whether \(link.plain) is \(isListed ? "there" : "gone")")
            while try await Self.isListed(session, cluster: cluster, link: link) != isListed {
                guard started.duration(to: .now) < timeout.duration else {
                    let state = isListed ? "does not list it yet" : "still lists it"
                    Terminal.complain(
                        "linkwatch: after \(timeout.duration.rough) the inventory \(state): `linkwatch links --cluster \(cluster.plain)` tells when it is so"
                    )
                    throw ExitCode(2)
                }
                try await ContinuousClock().sleep(for: .milliseconds(500))
            }
        }
        try Terminal.deliver(
            "the inventory \(isListed ? "lists it" : "does not list it any more"), after \(started.duration(to: .now).rough)\n"
        )
    }

    private static func isListed(_ session: Session, cluster: String, link: String) async throws -> Bool {
        do throws(ServiceError) {
            _ = try await session.respondent.ask(ServiceRequest(["api", "v1", "clusters", cluster, "links", link]))
            return true
        } catch {
            guard error.absence != nil else { throw error }
            return false
        }
    }

    var query: [(name: String, value: String)] { validateOnly ? [("validate_only", "true")] : [] }

    /// As long as the service waits for the upstream, and a little.
    static let patience = Duration.seconds(180)
}
