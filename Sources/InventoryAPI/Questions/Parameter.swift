import ClusterLinks

/// A query parameter that a route knows: it is checked against this list, and described by it.
struct Parameter: Sendable, Hashable {
    let name: String
    /// One sentence for who reads the description of the interface.
    let meaning: String
    /// How its value is written.
    let form: Form
    /// Whether there is no answer without it.
    let isRequired: Bool

    /// How a value is written, for the description of the interface; the questions themselves check it.
    enum Form: Sendable, Hashable {
        case text
        /// A comma list; of a closed set of values where they are given.
        case list([String] = [])
        /// May be given several times, each time with one value.
        case repeated
        case choice([String])
        case instant
        /// The number of a change.
        case sequence
        /// As the configuration writes them: `500ms`, `30s`, `1h30m`.
        case duration
        /// A whole number from 1 to 1000.
        case limit
        /// Parameters that share a beginning: `label.NAME`.
        case family
    }

    init(_ name: String, _ meaning: String, _ form: Form = .text, isRequired: Bool = false) {
        self.name = name
        self.meaning = meaning
        self.form = form
        self.isRequired = isRequired
    }

    func matches(_ other: String) -> Bool {
        form == .family ? other.hasPrefix(name) && other.utf8.count > name.utf8.count : other == name
    }

    /// As it is told to people.
    var title: String { form == .family ? name + "NAME" : name }

    static let limit = Parameter("limit", "How many items a page has: 1 to 1000, 100 where it is not given.", .limit)
    static let cursor = Parameter(
        "cursor",
        "Where the page begins: the next_cursor of the page before, with the same filters."
    )
    static let from = Parameter("from", "Only what goes on after this instant (RFC 3339).", .instant)
    static let to = Parameter("to", "Only what began before this instant (RFC 3339).", .instant)
    static let at = Parameter("at", "As it was known at this instant (RFC 3339), not now.", .instant)
    static let clusterID = Parameter("cluster_id", "Only these clusters.", .list())
    static let clusterLinkID = Parameter("cluster_link_id", "Which incarnation of the name is meant.")
    static let label = Parameter("label.", "Only clusters with one of these values of the label NAME.", .family)
    static let configured = Parameter(
        "configured",
        "true (where it is not given), false or any: clusters that left the configuration.",
        .choice(Tristate.allCases.map(\.rawValue))
    )
}
