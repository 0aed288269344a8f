import ClusterLinks
import ExactJSON

/// What tells the open alerts of one cluster apart; in the order in which their steps are told.
struct AlertKey: Hashable, Comparable {
    let kind: AlertKind
    let link: LinkIdentity?

    init(_ kind: AlertKind, _ link: LinkIdentity? = nil) {
        self.kind = kind
        self.link = link
    }

    init(_ subject: AlertSubject) { self.init(subject.kind, subject.link) }

    /// A link's bad state where this is its error, and the other way round: one trouble may be seen as both in turn.
    var otherShape: AlertKey? {
        switch kind {
        case .linkError: AlertKey(.linkState, link)
        case .linkState: AlertKey(.linkError, link)
        case .taskError, .linkMissing, .linkUnexpected, .clusterUnreachable: nil
        }
    }

    static func < (left: AlertKey, right: AlertKey) -> Bool {
        if left.kind != right.kind { return left.kind.rank < right.kind.rank }
        let (mine, others) = (left.link?.description ?? "", right.link?.description ?? "")
        if !mine.hasBytes(of: others) { return mine.precedesInBytes(others) }
        return left.link?.clusterLinkID == nil && right.link?.clusterLinkID != nil
    }
}
