import ArgumentParser
import ClusterLinks
import Console
import ServiceClient

/// `linkwatch diff`: what is not at one instant what it was at another.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tells which links are others at one instant than at another, field by field."
    )

    @Option(
        help: ArgumentHelp(
            "The earlier instant: RFC 3339 (2026-11-22T18:00:00Z), or how long ago (2h).",
            valueName: "instant"
        )
    )
    var from: PastInstant

    @Option(help: ArgumentHelp("The later instant.", valueName: "instant"))
    var to = PastInstant.ago(.zero)

    @Option(
        help: ArgumentHelp("Only of this cluster, by its id or its name; may be given again.", valueName: "cluster"),
        completion: .clusters
    )
    var cluster: [String] = []

    @OptionGroup var limit: LimitOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try await reading.show { session in
            let now = session.latest
            var query = [("from", from.instant(before: now).description), ("to", to.instant(before: now).description)]
            let clusters = try await NameLookup(session.respondent).clusters(cluster)
            if !clusters.isEmpty { query.append(("cluster_id", clusters.joined(separator: ","))) }
            return try await session.answer(
                ServiceRequest(["api", "v1", "diff"], query: query.map { (name: $0, value: $1) }),
                as: .differences,
                limit: limit.limit
            )
        }
    }
}
