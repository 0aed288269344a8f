import ArgumentParser
import ClusterLinks

extension Health: ExpressibleByArgument {}

/// Which links are meant.
struct LinkFilterOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Links of this cluster, by its id or its name; may be given again, as all that follow.",
            valueName: "cluster"
        ),
        completion: .clusters
    )
    var cluster: [String] = []

    @Option(help: ArgumentHelp("Links of this name.", valueName: "link"), completion: .links)
    var link: [String] = []

    @Option(help: "Links of this health: ok, degraded, error or unknown.")
    var health: [Health] = []

    @Option(help: ArgumentHelp("Links in this state, such as FAILED.", valueName: "state"))
    var linkState: [String] = []

    @Option(
        help: ArgumentHelp(
            "Links with this error, such as TIMEOUT_ERROR; NO_ERROR for those without.",
            valueName: "code"
        )
    )
    var linkError: [String] = []

    @Option(help: ArgumentHelp("Links of clusters with this label.", valueName: "name=value"))
    var label: [LabelValue] = []

    @Option(
        name: [.customShort("q"), .long],
        help: ArgumentHelp(
            "Links with this text in a name, an id, the state, the error, its message or a topic.",
            valueName: "text"
        )
    )
    var text: String?

    @Option(help: "Links of clusters that are configured: true, false or any.")
    var configured: ThreeWay?

    /// The parameters of a request.
    /// - Parameter other: one more cluster, besides those of `--cluster`.
    func query(_ names: NameLookup, cluster other: String? = nil) async throws -> [(name: String, value: String)] {
        var query: [(name: String, value: String)] = []
        func add(_ name: String, _ values: [String]) {
            if !values.isEmpty { query.append((name, values.joined(separator: ","))) }
        }
        add("cluster_id", try await names.clusters(cluster + (other.map { [$0] } ?? [])))
        add("link_name", link)
        add("health", health.map(\.rawValue))
        add("link_state", linkState)
        add("link_error", linkError)
        var labels: [String] = []
        for name in label.map(\.name) where !labels.contains(name) {
            labels.append(name)
            add("label.\(name)", label.filter { $0.name == name }.map(\.value))
        }
        if let text { query.append(("q", text)) }
        if let configured { query.append(("configured", configured.rawValue)) }
        return query
    }
}

/// Of what is so, of what is not, or of both.
enum ThreeWay: String, CaseIterable, ExpressibleByArgument {
    case yes = "true"
    case no = "false"
    case any
}

/// `NAME=VALUE` on the command line.
struct LabelValue: ExpressibleByArgument {
    let name: String
    let value: String

    init?(argument: String) {
        guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else { return nil }
        name = String(argument[..<equals])
        value = String(argument[argument.index(after: equals)...])
    }
}

/// How many rows are shown, where a command says no other number.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many rows at most; 0 for all. Else 100 in a table where the past is told, and all for programs.",
            valueName: "number"
        )
    )
    var limit: Int?

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit is 0 or more") }
    }

    /// How many of the past people are shown.
    static let usual = 100
}

/// The span of the past that is meant.
struct SpanOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the span begins: RFC 3339 (2026-11-22T18:00:00Z), how long ago (2h), or now.",
            valueName: "instant"
        )
    )
    var from: PastInstant?

    @Option(help: ArgumentHelp("Where it ends.", valueName: "instant"))
    var to: PastInstant?

    func query(before now: Instant) -> [(name: String, value: String)] {
        [("from", from), ("to", to)].compactMap { name, instant in
            instant.map { (name, $0.instant(before: now).description) }
        }
    }
}
