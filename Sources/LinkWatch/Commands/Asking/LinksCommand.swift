import ArgumentParser
import ClusterLinks
import Console
import ServiceClient

/// `linkwatch links`: the links of the fleet, now or at an instant.
struct LinksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "links",
        abstract: "Lists links, and how they are."
    )

    @Argument(
        help: ArgumentHelp("The cluster's id or its name; all clusters where none is given.", valueName: "cluster"),
        completion: .clusters
    )
    var clusterName: String?

    @OptionGroup var filter: LinkFilterOptions

    @Option(
        help: ArgumentHelp(
            "As they were then: RFC 3339 (2026-11-22T18:00:00Z), or how long ago (2h).",
            valueName: "instant"
        )
    )
    var at: PastInstant?

    @Option(help: "Links that went away: true for those, any for both.")
    var deleted: ThreeWay?

    @Option(
        help: ArgumentHelp(
            "The field they are in order of, with - before it the other way round: last_changed_at, -health.",
            valueName: "field"
        )
    )
    var sort: String?

    @OptionGroup var limit: LimitOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try await reading.show { session in
            var query = try await filter.query(NameLookup(session.respondent), cluster: clusterName)
            if let at { query.append(("at", at.instant(before: session.latest).description)) }
            if let deleted { query.append(("deleted", deleted.rawValue)) }
            if let sort { query.append(("sort", sort)) }
            return try await session.answer(
                ServiceRequest(["api", "v1", "links"], query: query),
                as: .links,
                limit: limit.limit
            )
        }
    }
}
