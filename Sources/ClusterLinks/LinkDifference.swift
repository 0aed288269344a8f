/// What became of one link between two instants.
package struct LinkDifference: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case added, removed
        /// Another link of the same name has taken its place on its cluster.
        case recreated
        case changed
    }

    package let kind: Kind
    package let cluster: ClusterID
    /// The later name, or the earlier of one that is gone.
    package let name: LinkName
    /// The later identity, or the earlier of one that is gone.
    package let identity: LinkIdentity
    /// All fields of one that was added or removed.
    package let fields: [FieldDifference]

    /// What differs between two lists of links, in order of cluster, name and id.
    ///
    /// A link is told by its identity (truth rule 5), so one that got another name has changed, and one that was known by its
    /// name only and has got an id since is the same link; the id alone is no change. One that is gone and one that came under
    /// its name are a recreation, where there is one of each.
    package static func between(_ earlier: [ListedLink], _ later: [ListedLink]) -> [LinkDifference] {
        var gone = Dictionary(earlier.map { (Key(of: $0), $0) }) { $1 }
        var come: [ListedLink] = []
        var differences: [LinkDifference] = []
        for link in later {
            if let before = gone.removeValue(forKey: Key(of: link)) {
                differences += changed(from: before, to: link)
            } else {
                come.append(link)
            }
        }
        let goneByName = Dictionary(grouping: gone.values) { Place(of: $0) }
        let comeByName = Dictionary(grouping: come) { Place(of: $0) }
        for place in Set(goneByName.keys).union(comeByName.keys) {
            let (before, after) = (goneByName[place] ?? [], comeByName[place] ?? [])
            if before.count == 1, after.count == 1 {
                differences += succeeded(before[0], by: after[0])
            } else {
                differences += before.map { LinkDifference(.removed, $0, FieldDifference.between($0.document, nil)) }
                differences += after.map { LinkDifference(.added, $0, FieldDifference.between(nil, $0.document)) }
            }
        }
        return differences.sorted {
            ($0.cluster, $0.name, $0.identity.description) < ($1.cluster, $1.name, $1.identity.description)
        }
    }

    /// A link that has another identity than the one of its name before.
    private static func succeeded(_ before: ListedLink, by after: ListedLink) -> [LinkDifference] {
        guard before.identity.clusterLinkID != nil, after.identity.clusterLinkID != nil else {
            return changed(from: before, to: after)
        }
        return [LinkDifference(.recreated, after, FieldDifference.between(before.document, after.document))]
    }

    /// The same link at both instants; an id that only one of its contents tells is no news.
    private static func changed(from before: ListedLink, to after: ListedLink) -> [LinkDifference] {
        let fields = FieldDifference.between(before.document, after.document).filter { !$0.isMissingID }
        return fields.isEmpty ? [] : [LinkDifference(.changed, after, fields)]
    }

    private init(_ kind: Kind, _ link: ListedLink, _ fields: [FieldDifference]) {
        self.kind = kind
        cluster = link.cluster
        name = link.name
        identity = link.identity
        self.fields = fields
    }
}

private struct Key: Hashable {
    let cluster: ClusterID
    let identity: LinkIdentity

    init(of link: ListedLink) { (cluster, identity) = (link.cluster, link.identity) }
}

private struct Place: Hashable {
    let cluster: ClusterID
    let name: LinkName

    init(of link: ListedLink) { (cluster, name) = (link.cluster, link.name) }
}
