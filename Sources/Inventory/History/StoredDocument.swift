package import ClusterLinks
package import ExactJSON
import Locking

/// A row of `documents` in memory, with what every question wants to know of it found once.
///
/// Documents never change, so what an answer has made of one holds as long as the object does.
package final class StoredDocument: Sendable {
    package let link: LinkDocument
    /// Nil only in a document that no list could have given.
    package let name: LinkName?
    package let clusterLinkID: ClusterLinkID?
    package let lastKnownHealth: Health
    private let ends: LinkEnds
    private let told = Locked<(any Sendable & AnyObject)?>(nil)

    /// - Parameters:
    ///   - bytes: canonical JSON.
    ///   - health: as the column of that name has it.
    package init(_ bytes: [UInt8], health: Int) {
        link = LinkDocument(canonical: bytes)
        name = link.name
        clusterLinkID = link.clusterLinkID
        lastKnownHealth = Health(stored: health)
        ends = LinkEnds(link)
    }

    package var fields: JSONObject { link.fields }

    package func text(_ name: String) -> String? { link.text(name) }

    package func direction(on cluster: ClusterID) -> Direction { Direction(of: ends, on: cluster) }

    /// What is made of the document for answers; made once.
    package func presentation<Presentation: Sendable & AnyObject>(_ make: (LinkDocument) -> Presentation)
        -> Presentation
    {
        if let made = told.withLock({ $0 }) as? Presentation { return made }
        let made = make(link)
        told.withLock { $0 = made }
        return made
    }

    /// About how many bytes of memory it takes, with what is made of it.
    var cost: Int { 2 * link.bytes.count + link.members.count * MemoryLayout<Range<Int>>.size * 2 + 512 }
}
