package import ClusterLinks

/// What a successful reading of one link brought.
package enum LinkAnswer: Sendable, Hashable {
    /// Byte for byte what had the digest that the caller named.
    case unchanged
    case link(LinkReading)
}

/// One link as the single GET tells it.
package struct LinkReading: Sendable, Hashable {
    /// The link without tasks.
    ///
    /// Its identity tells whether the answer is about the incarnation that the caller has in mind.
    package let item: LinkList.Item
    /// Nil where the tasks were not asked for.
    package let tasks: TaskReading?
    /// Of the body as it came.
    package let digest: ContentDigest
}
