import ArgumentParser
import Console
import ServiceClient

/// `linkwatch history`: what one link was, version by version.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Tells the versions of a link, newest first, and what changed in each."
    )

    @OptionGroup var link: LinkArguments
    @OptionGroup var span: SpanOptions
    @OptionGroup var limit: LimitOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try await reading.show { session in
            try await link.named.asked(session) { path in
                try await session.answer(
                    ServiceRequest(path + ["history"], query: span.query(before: session.latest)),
                    as: .versions,
                    limit: limit.limit,
                    usual: LimitOptions.usual,
                    pageSize: 200
                )
            }
        }
    }
}

/// One link, by the names that people know it by.
struct LinkArguments: ParsableArguments {
    @Argument(help: "The cluster's id or its name.", completion: .clusters)
    var cluster: String

    @Argument(help: "The link's name.", completion: .links)
    var link: String

    var named: NamedLink { NamedLink(cluster: cluster, link: link) }
}

/// A link by the names that somebody gave.
struct NamedLink: Sendable {
    let cluster: String
    let link: String

    /// Asks about the link.
    /// - Parameter ask: is given the path of the link.
    /// - Throws: `UnknownName` in the place of the service's word that it knows no such link.
    func asked<Answer>(_ session: Session, _ ask: ([String]) async throws -> Answer) async throws -> Answer {
        let names = NameLookup(session.respondent)
        let id = try await names.cluster(cluster)
        do {
            return try await ask(["api", "v1", "clusters", id, "links", link])
        } catch let error as ServiceError {
            throw try await names.absence(of: link, on: cluster, id: id, error)
        }
    }
}
