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
    /// By the places of the sides in the list, in the order of the source sides.
    package let pairs: [LinkPair]
    /// For each place the one of its partner, or its own where it has none.
    private let partners: [Int]

    package init(_ sides: [LinkSide]) {
        var partners = Array(sides.indices)
        let byID = SideGroups(of: sides.count) { sides[$0].clusterLinkID }
        for (first, second) in byID.twos where sides[first].cluster != sides[second].cluster {
            (partners[first], partners[second]) = (second, first)
        }
        let clusters = ClusterNumbers(of: sides)
        let byEnds = SideGroups(of: sides.count) { place in
            byID.isAlone(place) ? Ends(of: sides[place], own: clusters.own[place], by: clusters.numbers) : nil
        }
        for (first, second) in byEnds.twos
        where clusters.own[first] != clusters.own[second] && sides[first].complements(sides[second]) {
            (partners[first], partners[second]) = (second, first)
        }
        pairs = sides.indices.compactMap { place in
            let partner = partners[place]
            guard partner != place, sides[place].precedes(sides[partner]) else { return nil }
            return LinkPair(
                source: place,
                destination: partner,
                rule: byID.isAlone(place) ? .remoteClusterID : .clusterLinkID
            )
        }
        self.partners = partners
    }

    /// The place of the other side of the link in a place; nil where it has none.
    package func partner(of place: Int) -> Int? { partners[place] == place ? nil : partners[place] }
}

/// A name and the two clusters that a link of that name connects, whichever of them tells it.
private struct Ends: Hashable {
    let name: LinkName
    let lesser: Int
    let greater: Int

    /// Nil where the other end is not told, is no other, or tells of no links.
    init?(of side: LinkSide, own: Int, by numbers: [ClusterID: Int]) {
        guard let remote = side.remoteClusterID.flatMap({ numbers[$0] }), remote != own else { return nil }
        name = side.name
        (lesser, greater) = (min(own, remote), max(own, remote))
    }
}

/// The clusters of a list of links as numbers, which are quicker to tell apart than ids.
private struct ClusterNumbers {
    private(set) var numbers: [ClusterID: Int] = [:]
    /// The cluster of each link.
    private(set) var own: [Int] = []

    init(of sides: [LinkSide]) {
        own.reserveCapacity(sides.count)
        for (place, side) in sides.enumerated() {
            if place > 0, side.cluster == sides[place - 1].cluster {
                own.append(own[place - 1])
            } else {
                let next = numbers.count
                own.append(claimed(&numbers[side.cluster, default: next]))
            }
        }
    }
}

/// The places of a list by what they have in common, as far as it matters how many they are.
private struct SideGroups {
    private struct Group {
        let first: Int
        var second: Int?
        var hasMore = false
    }

    private var groups: [Group] = []
    /// The group of each place.
    private var numbers: [Int?] = []

    init<Key: Hashable>(of count: Int, by key: (Int) -> Key?) {
        var known: [Key: Int] = [:]
        known.reserveCapacity(count)
        numbers.reserveCapacity(count)
        for place in 0..<count {
            let number = key(place).map { claimed(&known[$0, default: groups.count]) }
            numbers.append(number)
            guard let number else { continue }
            if number == groups.count {
                groups.append(Group(first: place))
            } else if groups[number].second == nil {
                groups[number].second = place
            } else {
                groups[number].hasMore = true
            }
        }
    }

    /// The groups of exactly two.
    var twos: some Sequence<(Int, Int)> {
        groups.lazy.compactMap { group in
            group.hasMore ? nil : group.second.map { (group.first, $0) }
        }
    }

    /// Whether nothing else is in the group of a place, or it is in none.
    func isAlone(_ place: Int) -> Bool { numbers[place].map { groups[$0].second == nil } ?? true }
}

/// The value of a dictionary's key, which gets its default if it was not there: one look instead of two.
private func claimed(_ value: inout Int) -> Int { value }
