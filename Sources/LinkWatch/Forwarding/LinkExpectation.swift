import ClusterLinks

/// What an inventory is to show after a cluster was asked to create or delete a link.
struct LinkExpectation: Sendable, Hashable {
    enum Change: String, Sendable {
        case create, delete
    }

    let change: Change
    let link: LinkName
    /// What was listed under the name when the cluster was asked: a link that is deleted stays listed for a while, so that the
    /// name alone does not tell the new one from the old.
    let before: Set<LinkIdentity>

    /// - Parameter listed: what a list of the cluster that was asked for later has under the name.
    func isMet(by listed: [LinkIdentity]) -> Bool {
        switch change {
        case .create: listed.contains { !before.contains($0) }
        // Of a link that was never seen nothing but the name is known.
        case .delete: before.isEmpty ? listed.isEmpty : before.isDisjoint(with: listed)
        }
    }
}
