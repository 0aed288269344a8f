/// Finds the links of a fleet that are the two sides of one link.
///
/// A source-initiated or bidirectional link is two objects, one on each cluster, each with a state of its own
/// (https://docs.confluent.io/cloud/current/multi-cloud/cluster-linking/cluster-links-cc.html). They are joined
/// 1. where exactly two links have one `cluster_link_id`, and are on different clusters;
/// 2. where they have no id in common with any other link: when exactly two links of one name connect the same two clusters,
///    one on each, as source and destination or both ways.
///
/// Where more could be meant, none is joined. What comes out depends on the links alone and not on their order, and takes time
/// in proportion to their number.
package struct LinkPairing: Sendable {
    /// In the order of the source sides in the list.
    package let pairs: [LinkPair]

    package init(_ sides: [LinkSide]) {
        var partners = [(index: Int, rule: LinkPair.Rule)?](repeating: nil, count: sides.count)
        func join(_ candidates: Candidates, by rule: LinkPair.Rule, where fits: (LinkSide, LinkSide) -> Bool) {
            guard let (first, second) = candidates.pair, sides[first].cluster != sides[second].cluster,
                fits(sides[first], sides[second])
            else { return }
            partners[first] = (second, rule)
            partners[second] = (first, rule)
        }

        let byID = Self.candidates(sides.indices) { sides[$0].clusterLinkID }
        for candidates in byID.values { join(candidates, by: .clusterLinkID) { _, _ in true } }

        let others = sides.indices.filter { index in
            sides[index].clusterLinkID.flatMap { byID[$0] }?.isOne ?? true
        }
        let byEnds = Self.candidates(others) { Ends(of: sides[$0]) }
        for candidates in byEnds.values { join(candidates, by: .remoteClusterID) { $0.complements($1) } }

        pairs = sides.indices.compactMap { index in
            guard let partner = partners[index], sides[index].precedes(sides[partner.index]) else { return nil }
            return LinkPair(source: index, destination: partner.index, rule: partner.rule)
        }
    }

    private static func candidates<Key: Hashable>(
        _ indices: some Sequence<Int>,
        by key: (Int) -> Key?
    ) -> [Key: Candidates] {
        var candidates: [Key: Candidates] = [:]
        for index in indices {
            if let key = key(index) { candidates[key, default: Candidates()].add(index) }
        }
        return candidates
    }
}

/// The links that have something in common, as far as it matters how many they are.
private struct Candidates {
    private var first: Int?
    private var second: Int?
    private var isMore = false

    mutating func add(_ index: Int) {
        if first == nil {
            first = index
        } else if second == nil {
            second = index
        } else {
            isMore = true
        }
    }

    var isOne: Bool { second == nil }

    var pair: (Int, Int)? {
        guard let first, let second, !isMore else { return nil }
        return (first, second)
    }
}

/// A name and the two clusters that a link of that name connects, whichever of them tells it.
private struct Ends: Hashable {
    let name: LinkName
    let lesser: ClusterID
    let greater: ClusterID

    /// Nil where the other end is not told, or is no other.
    init?(of side: LinkSide) {
        guard let remote = side.remoteClusterID, remote != side.cluster else { return nil }
        name = side.name
        (lesser, greater) = side.cluster < remote ? (side.cluster, remote) : (remote, side.cluster)
    }
}
