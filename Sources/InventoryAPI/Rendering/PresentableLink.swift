import ClusterLinks
import Inventory

/// A link with everything an answer says of it, listed or gone.
struct PresentableLink: Sendable {
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
    var counterpart: Counterpart?
    /// Whether it is told as it was at an instant; its counterpart then is only looked for where pairs are asked for.
    let isPast: Bool

    /// What the upstream said of it: a link of the present is at hand parsed, one of the past as it is stored.
    private enum Said {
        case content(LinkContent)
        case document(LinkDocument)
    }

    init(_ record: LinkRecord, in cluster: ClusterView) {
        self.cluster = cluster
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
    init(_ link: PastLink, in cluster: ClusterView) {
        self.cluster = cluster
        identity = link.identity
        name = link.name
        said = .document(link.document)
        direction = link.direction
        health = Health(lastKnown: link.lastKnownHealth, isStale: cluster.isStale)
        lastKnownHealth = link.lastKnownHealth
        firstObservedAt = link.firstObservedAt
        lastChangedAt = link.versionSince
        (deletedAt, isPast) = (nil, true)
    }

    /// Encoded now for a link of the present.
    var document: LinkDocument {
        switch said {
        case .content(let content): LinkDocument(content)
        case .document(let document): document
        }
    }

    /// Parsed now for a link of the past.
    var content: LinkContent {
        switch said {
        case .content(let content): content
        case .document(let document): document.content
        }
    }

    var clusterLinkID: ClusterLinkID? { identity.clusterLinkID }
}
