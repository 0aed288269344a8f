package import ClusterLinks
package import ExactJSON

/// One cluster as it is served; a new one is made only when something about it changes.
package final class ClusterView: Sendable {
    package let description: ClusterDescription
    package let isConfigured: Bool
    /// False until the first successful poll ever.
    package let wasListed: Bool
    /// No success within `stale_after`: the links' health is unknown.
    package let isStale: Bool
    /// Ordered by name, then id.
    package let links: [LinkRecord]
    package let ghosts: [JSONObject]

    init(
        description: ClusterDescription,
        isConfigured: Bool,
        wasListed: Bool,
        isStale: Bool,
        links: [LinkRecord],
        ghosts: [JSONObject]
    ) {
        self.description = description
        self.isConfigured = isConfigured
        self.wasListed = wasListed
        self.isStale = isStale
        self.links = links
        self.ghosts = ghosts
    }

    package var id: ClusterID { description.id }

    package func health(of record: LinkRecord) -> Health {
        Health(lastKnown: record.lastKnownHealth, isStale: isStale)
    }

    /// The link that a name means, or the incarnation of it with the given id; nil where none is listed.
    package func link(named name: String, id: ClusterLinkID? = nil) -> LinkRecord? {
        links.filter { $0.link.name == LinkName(name) }.meant(byID: id)
    }

    func with(isStale: Bool) -> ClusterView {
        guard isStale != self.isStale else { return self }
        return ClusterView(
            description: description,
            isConfigured: isConfigured,
            wasListed: wasListed,
            isStale: isStale,
            links: links,
            ghosts: ghosts
        )
    }
}
