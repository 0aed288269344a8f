import ClusterLinks
import Inventory

/// A link with everything an answer says of it, listed or gone.
struct PresentableLink: Sendable {
    let cluster: ClusterView
    let identity: LinkIdentity
    let name: LinkName
    let content: LinkContent
    let direction: Direction
    let health: Health
    let lastKnownHealth: Health
    let firstObservedAt: Instant
    let lastChangedAt: Instant
    /// Nil while the link is listed.
    let deletedAt: Instant?

    init(_ record: LinkRecord, in cluster: ClusterView) {
        self.cluster = cluster
        identity = record.link.identity
        name = record.link.name
        content = record.link.content
        direction = record.direction
        health = cluster.health(of: record)
        lastKnownHealth = record.lastKnownHealth
        firstObservedAt = record.link.firstObservedAt
        lastChangedAt = record.link.versionSince
        deletedAt = nil
    }

    /// A link that is gone is in no health: nobody reports it any more.
    init(_ row: DeletedLinkRow, in cluster: ClusterView) {
        self.cluster = cluster
        identity = row.identity
        name = row.name
        content = row.content
        direction = Direction(of: row.content, on: row.cluster)
        health = .unknown
        lastKnownHealth = Health(lastKnownOf: row.content)
        firstObservedAt = row.firstObservedAt
        lastChangedAt = row.lastChangedAt
        deletedAt = row.deletedAt
    }

    var clusterLinkID: ClusterLinkID? { identity.clusterLinkID }
}
