import ArgumentParser
import Console
import ServiceClient

/// `linkwatch errors`: the error episodes of one link, of one cluster or of the fleet.
struct ErrorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "errors",
        abstract: "Tells what was wrong and for how long: of a link, of a cluster's links or of all.",
        discussion:
            "The filters of `links` pick links where no LINK is given; --link-error and --link-state are then those of the episode."
    )

    @Argument(
        help: ArgumentHelp("The cluster's id or its name; all clusters where none is given.", valueName: "cluster"),
        completion: .clusters
    )
    var clusterName: String?

    @Argument(
        help: ArgumentHelp("The link's name; all links where none is given.", valueName: "link"),
        completion: .links
    )
    var linkName: String?

    @OptionGroup var filter: LinkFilterOptions
    @OptionGroup var span: SpanOptions
    @OptionGroup var limit: LimitOptions
    @OptionGroup var reading: ReadingOptions

    func run() async throws {
        try await reading.show { session in
            let names = NameLookup(session.respondent)
            let span = span.query(before: session.latest)
            guard let clusterName, let linkName else {
                let query = try await filter.query(names, cluster: clusterName) + span
                return try await episodes(session, ["api", "v1", "errors"], query, ofFleet: true)
            }
            let query = try await filter.query(names) + span
            let link = NamedLink(cluster: clusterName, link: linkName)
            return try await link.asked(session) { path in
                try await episodes(session, path + ["errors"], query, ofFleet: false)
            }
        }
    }

    private func episodes(
        _ session: Session,
        _ path: [String],
        _ query: [(name: String, value: String)],
        ofFleet isFleet: Bool
    ) async throws -> String {
        try await session.answer(
            ServiceRequest(path, query: query),
            as: .episodes(ofFleet: isFleet),
            limit: limit.limit,
            usual: LimitOptions.usual
        )
    }
}
