import ClusterLinks

/// A fact by which a firing alert holds others to its incident.
enum Bond: Hashable {
    case unreachable(ClusterID)
    case remote(ClusterID, code: String)
    case link(AlertSurroundings.Link)
}

extension Incident.Child {
    /// What a firing alert offers to those that fire after it.
    ///
    /// A cluster that has answered a poll again offers nothing, though its alert waits for one more before it resolves, or
    /// for an hour where it flaps: what its links report now is no part of that they could not be asked, and nobody would
    /// be told of it.
    var bonds: Set<Bond> {
        guard alert.subject.kind == .clusterUnreachable else { return shared }
        return alert.goodSince == nil ? [.unreachable(alert.subject.cluster)] : []
    }

    /// What it looks for, in the order in which it is believed, each with the grounds that it gives.
    ///
    /// A cluster that cannot be polled looks for nothing: what its links reported before, they reported while it could
    /// be. It has a cause of its own, and hidden in an incident of some link that failed three days ago nobody
    /// would be told of it.
    static func sought(
        by alert: Alert,
        in surroundings: AlertSurroundings
    ) -> [(bond: Bond, grounds: Incident.Grounds)] {
        guard alert.subject.kind != .clusterUnreachable else { return [] }
        let child = Incident.Child(alert: alert, surroundings: surroundings, grounds: .first)
        let cluster = alert.subject.cluster
        var sought: [(Bond, Incident.Grounds)] = [(.unreachable(cluster), .unreachableCluster(cluster))]
        sought += [alert.link, surroundings.otherSide].compactMap { $0 }.map { (.link($0), .oneLink($0)) }
        if let remote = child.remoteBond { sought.append(remote) }
        return sought
    }

    private var shared: Set<Bond> {
        var bonds = Set([alert.link, surroundings.otherSide].compactMap { $0 }.map(Bond.link))
        if let remote = remoteBond { bonds.insert(remote.bond) }
        return bonds
    }

    /// Without a code there is nothing in common but the direction, which most links of a fleet share.
    private var remoteBond: (bond: Bond, grounds: Incident.Grounds)? {
        guard let remote = surroundings.remoteCluster, let code = alert.code else { return nil }
        return (.remote(remote, code: code), .remoteCluster(remote, code: code))
    }
}
