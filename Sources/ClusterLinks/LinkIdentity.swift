/// What makes a link the same link from poll to poll on its cluster (truth rule 5).
package enum LinkIdentity: Sendable, Hashable, CustomStringConvertible {
    case id(ClusterLinkID)
    /// The server has never sent an id for the link of this name.
    case name(LinkName)

    package var clusterLinkID: ClusterLinkID? {
        if case .id(let id) = self { id } else { nil }
    }

    /// The id, or the name where there is none.
    package var description: String {
        switch self {
        case .id(let id): id.rawValue
        case .name(let name): name.rawValue
        }
    }
}
