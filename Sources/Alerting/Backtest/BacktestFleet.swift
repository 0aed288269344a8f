import ClusterLinks

/// Which links the clusters of a replay list, found by cluster and by identity.
struct BacktestFleet: ListedFleet {
    private var links: [ClusterID: [LinkIdentity: TrackedLink]] = [:]
    private var listers: [LinkIdentity: [ClusterID]] = [:]
    private var configured: Set<ClusterID> = []

    /// Those of a cluster, be it configured or not.
    subscript(_ cluster: ClusterID) -> [LinkIdentity: TrackedLink] { links[cluster] ?? [:] }

    func links(of cluster: ClusterID) -> [LinkIdentity: TrackedLink]? {
        configured.contains(cluster) ? self[cluster] : nil
    }

    func listings(of identity: LinkIdentity) -> [(cluster: ClusterID, link: TrackedLink)] {
        (listers[identity] ?? []).compactMap { cluster in links(of: cluster)?[identity].map { (cluster, $0) } }
    }

    mutating func set(_ cluster: ClusterID, isConfigured: Bool) {
        if isConfigured { configured.insert(cluster) } else { configured.remove(cluster) }
    }

    mutating func list(_ link: TrackedLink, on cluster: ClusterID) {
        if links[cluster, default: [:]].updateValue(link, forKey: link.identity) == nil {
            listers[link.identity, default: []].append(cluster)
        }
    }

    mutating func follow(_ event: LinkEvent, on cluster: ClusterID) {
        switch event {
        case .appeared(let link, _), .changed(let link, _, _), .completed(let link): list(link, on: cluster)
        case .adopted(let link, let former):
            forget(former, on: cluster)
            list(link, on: cluster)
        case .vanished(let link): forget(link.identity, on: cluster)
        case .episodeBegan, .episodeToldMessage, .episodeEnded: break
        }
    }

    private mutating func forget(_ identity: LinkIdentity, on cluster: ClusterID) {
        links[cluster]?[identity] = nil
        listers[identity]?.removeAll { $0 == cluster }
        if listers[identity]?.isEmpty == true { listers[identity] = nil }
    }
}
