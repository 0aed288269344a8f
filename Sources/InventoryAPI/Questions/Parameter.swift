/// A query parameter that a route knows: it is checked against this list, and described by it.
struct Parameter: Sendable, Hashable {
    let name: String
    /// One sentence for who reads the description of the interface.
    let meaning: String
    /// A family of parameters that share a beginning: `label.NAME`.
    var isPrefix = false

    init(_ name: String, _ meaning: String, isPrefix: Bool = false) {
        self.name = name
        self.meaning = meaning
        self.isPrefix = isPrefix
    }

    func matches(_ other: String) -> Bool {
        isPrefix ? other.hasPrefix(name) && other.count > name.count : other == name
    }

    static let limit = Parameter("limit", "How many items a page has: 1 to 1000, 100 where it is not given.")
    static let cursor = Parameter(
        "cursor",
        "Where the page begins: the next_cursor of the page before, with the same filters."
    )
    static let from = Parameter("from", "Only what goes on after this instant (RFC 3339).")
    static let to = Parameter("to", "Only what began before this instant (RFC 3339).")
    static let clusterLinkID = Parameter("cluster_link_id", "Which incarnation of the name is meant.")
    static let label = Parameter("label.", "Only clusters with this label; a comma list of values.", isPrefix: true)
}
