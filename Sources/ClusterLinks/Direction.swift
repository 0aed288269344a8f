/// Which end of a link the cluster that reports it is; told by which of the ids are set.
package enum Direction: String, Sendable, Hashable, CaseIterable {
    case destination, source, bidirectional, unknown

    /// | source | destination | remote | direction |
    /// |---|---|---|---|
    /// | set | – | any | destination |
    /// | – | set | any | source |
    /// | – | – | set | bidirectional |
    /// | set | set | any | the end that is this cluster, else unknown |
    /// | – | – | – | unknown |
    package init(of content: LinkContent, on cluster: ClusterID) {
        self.init(
            source: content.sourceClusterID,
            destination: content.destinationClusterID,
            remote: content.namedRemoteClusterID,
            on: cluster
        )
    }

    package init(of document: LinkDocument, on cluster: ClusterID) { self.init(of: LinkEnds(document), on: cluster) }

    package init(of ends: LinkEnds, on cluster: ClusterID) {
        self.init(source: ends.source, destination: ends.destination, remote: ends.remote, on: cluster)
    }

    private init(source: String?, destination: String?, remote: String?, on cluster: ClusterID) {
        switch (source, destination) {
        case (_?, nil): self = .destination
        case (nil, _?): self = .source
        case (nil, nil): self = remote == nil ? .unknown : .bidirectional
        case (let source?, let destination?):
            switch (source == cluster.rawValue, destination == cluster.rawValue) {
            case (false, true): self = .destination
            case (true, false): self = .source
            default: self = .unknown
            }
        }
    }
}
