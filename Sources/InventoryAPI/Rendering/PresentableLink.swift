import ClusterLinks
import Inventory

/// A link with everything an answer says of it, listed or gone.
///
/// An object: answers sort and hand about thousands, of which each has a dozen parts to copy.
final class PresentableLink: Sendable {
    let cluster: ClusterView
    let identity: LinkIdentity
    let name: LinkName
    private let said: Said
    let direction: Direction
    let health: Health
    let lastKnownHealth: Health
    let firstObservedAt: Instant
    let lastChangedAt: Instant
    /// Nil while the link is listed.
    let deletedAt: Instant?
    /// The other side of the link, where it is known.
    let counterpart: Counterpart?
    private let madeOfCluster: ClusterJSON?
    /// Whether it is told as it was at an instant; its counterpart then is only looked for where pairs are asked for.
    let isPast: Bool

    /// What the upstream said of it: a link of the present is at hand parsed, one of the past as it is stored.
    private enum Said {
        case content(LinkContent)
        case document(LinkDocument)
        case stored(StoredDocument)
    }

    init(_ record: LinkRecord, in cluster: ClusterView) {
        self.cluster = cluster
        (counterpart, madeOfCluster) = (nil, nil)
        identity = record.link.identity
        name = record.link.name
        said = .content(record.link.content)
        direction = record.direction
        health = cluster.health(of: record)
        lastKnownHealth = record.lastKnownHealth
        firstObservedAt = record.link.firstObservedAt
        lastChangedAt = record.link.versionSince
        (deletedAt, isPast) = (nil, false)
    }

    /// A link that is gone is in no health: nobody reports it any more.
    init(_ row: DeletedLinkRow, in cluster: ClusterView) {
        self.cluster = cluster
        (counterpart, madeOfCluster) = (nil, nil)
        identity = row.identity
        name = row.name
        said = .document(row.document)
        direction = Direction(of: row.document, on: row.cluster)
        health = .unknown
        lastKnownHealth = row.lastKnownHealth
        firstObservedAt = row.firstObservedAt
        lastChangedAt = row.lastChangedAt
        (deletedAt, isPast) = (row.deletedAt, false)
    }

    /// A link of the past, in the health that it was known to be in then.
    /// - Parameter json: made once for all links of the cluster.
    init(_ link: PastLink, in cluster: ClusterView, json: ClusterJSON) {
        self.cluster = cluster
        (counterpart, madeOfCluster) = (nil, json)
        identity = link.identity
        name = link.name
        said = .stored(link.document)
        direction = link.direction
        health = Health(lastKnown: link.lastKnownHealth, isStale: cluster.isStale)
        lastKnownHealth = link.lastKnownHealth
        firstObservedAt = link.firstObservedAt
        lastChangedAt = link.versionSince
        (deletedAt, isPast) = (nil, true)
    }

    private init(_ link: PresentableLink, counterpart: Counterpart?) {
        cluster = link.cluster
        identity = link.identity
        name = link.name
        said = link.said
        direction = link.direction
        health = link.health
        lastKnownHealth = link.lastKnownHealth
        firstObservedAt = link.firstObservedAt
        lastChangedAt = link.lastChangedAt
        deletedAt = link.deletedAt
        self.counterpart = counterpart
        madeOfCluster = link.madeOfCluster
        isPast = link.isPast
    }

    func with(counterpart: Counterpart?) -> PresentableLink { PresentableLink(self, counterpart: counterpart) }

    var clusterJSON: ClusterJSON { madeOfCluster ?? ClusterJSON(cluster.description) }

    /// Written now, unless it is one of the past that was told before.
    var json: DocumentJSON {
        switch said {
        case .content(let content): DocumentJSON(LinkDocument(content))
        case .document(let document): DocumentJSON(document)
        case .stored(let document): document.json
        }
    }

    /// Parsed now for a link of the past.
    var content: LinkContent {
        switch said {
        case .content(let content): content
        case .document(let document): document.content
        case .stored(let document): document.link.content
        }
    }

    var clusterLinkID: ClusterLinkID? { identity.clusterLinkID }
}
