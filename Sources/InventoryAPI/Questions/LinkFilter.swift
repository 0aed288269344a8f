import ClusterLinks
import Inventory

/// Which links a list shows.
struct LinkFilter: Sendable {
    let clusters: ClusterFilter
    private let linkNames: Set<String>?
    private let clusterLinkIDs: Set<String>?
    private let healths: Set<Health>?
    private let lastKnownHealths: Set<Health>?
    private let states: Set<String>?
    private let errors: Set<String>?
    private let remoteClusterIDs: Set<String>?
    private let text: String?

    static let parameters: [Parameter] = [
        Parameter("link_name", "Only links of these names.", .list()),
        Parameter("cluster_link_id", "Only the links with these ids.", .list()),
        Parameter("health", "Only links of these healths.", .list(Health.allCases.map(\.rawValue))),
        Parameter(
            "last_known_health",
            "Only links whose last known health is one of these.",
            .list(Health.allCases.map(\.rawValue))
        ),
        Parameter("link_state", "Only links in these states.", .list()),
        Parameter("link_error", "Only links with these errors; NO_ERROR means those without one.", .list()),
        Parameter("remote_cluster_id", "Only links to these clusters.", .list()),
        .label, .configured,
        Parameter("q", "Only links with this text in a name, an id, the error, its message or a topic."),
    ]

    init(_ question: Question) throws {
        let healths: [Health]? = try question.choices("health")
        let lastKnown: [Health]? = try question.choices("last_known_health")
        clusters = try ClusterFilter(question)
        linkNames = question.list("link_name").map(Set.init)
        clusterLinkIDs = question.list("cluster_link_id").map(Set.init)
        self.healths = healths.map(Set.init)
        lastKnownHealths = lastKnown.map(Set.init)
        states = question.list("link_state").map(Set.init)
        errors = question.list("link_error").map { Set($0.map { $0 == "NO_ERROR" ? "" : $0 }) }
        remoteClusterIDs = question.list("remote_cluster_id").map(Set.init)
        text = question["q"].flatMap { $0.isEmpty ? nil : $0.lowercased() }
    }

    func admits(_ cluster: ClusterView) -> Bool { clusters.admits(cluster) }

    func admits(_ link: PresentableLink) -> Bool {
        admits(name: link.name.rawValue, clusterLinkID: link.clusterLinkID?.rawValue)
            && admitsContent(of: link)
            && admitsPresent(of: link)
    }

    func admits(name: String, clusterLinkID: String?) -> Bool {
        linkNames?.contains(name) ?? true && clusterLinkIDs?.contains(clusterLinkID ?? "") ?? true
    }

    /// Whether a link with this error and in this state is asked for.
    func admits(error: String?, state: String?) -> Bool {
        states?.contains(state ?? "") ?? true && errors?.contains(error ?? "") ?? true
    }

    /// Whether anything is asked for that takes more than a link's name, id, error and state.
    var asksForPresent: Bool {
        healths != nil || lastKnownHealths != nil || remoteClusterIDs != nil || text != nil
    }

    /// What is asked for besides name, id, error and state.
    func admitsPresent(of link: PresentableLink) -> Bool {
        guard healths?.contains(link.health) ?? true, lastKnownHealths?.contains(link.lastKnownHealth) ?? true else {
            return false
        }
        guard remoteClusterIDs != nil || text != nil else { return true }
        let content = link.content
        return remoteClusterIDs?.contains(content.remoteClusterID ?? "") ?? true
            && text.map { mentions($0, link, content) } ?? true
    }

    /// The content is looked at only where it is asked for: that of a link of the past has to be parsed.
    private func admitsContent(of link: PresentableLink) -> Bool {
        guard states != nil || errors != nil else { return true }
        let content = link.content
        return admits(error: content.error?.rawValue, state: content.state?.rawValue)
    }

    private func mentions(_ text: String, _ link: PresentableLink, _ content: LinkContent) -> Bool {
        let words: [String?] = [
            link.name.rawValue, link.clusterLinkID?.rawValue, link.cluster.id.rawValue, link.cluster.description.name,
            content.remoteClusterID, content.error?.rawValue, content.errorMessage, content.state?.rawValue,
        ]
        return (words.compactMap(\.self) + content.topicNames).contains { $0.lowercased().contains(text) }
    }
}
