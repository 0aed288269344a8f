package import ClusterLinks

/// What a successful poll of a cluster's links brought.
package enum ListAnswer: Sendable, Hashable {
    /// Byte for byte what had the digest that the caller named.
    case unchanged
    /// The digest is of the bodies as they came, to be named at the next poll.
    case list(LinkList, ContentDigest)
}
