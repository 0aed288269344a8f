/// A link that is listed now, with what has been learnt of it.
package struct TrackedLink: Sendable, Hashable {
    package var identity: LinkIdentity
    package var name: LinkName
    /// The latest list item with the latest reading of the tasks.
    package var content: LinkContent
    /// False until the tasks of this incarnation were read once (truth rule 9).
    package var hasTaskReading: Bool
    /// The first observation of this identity, also where it went away and came back.
    package var firstObservedAt: Instant
    /// When the open version began.
    package var versionSince: Instant
    package var episode: OpenEpisode?

    package init(
        identity: LinkIdentity,
        name: LinkName,
        content: LinkContent,
        hasTaskReading: Bool,
        firstObservedAt: Instant,
        versionSince: Instant,
        episode: OpenEpisode?
    ) {
        self.identity = identity
        self.name = name
        self.content = content
        self.hasTaskReading = hasTaskReading
        self.firstObservedAt = firstObservedAt
        self.versionSince = versionSince
        self.episode = episode
    }

    package var lastKnownHealth: Health { Health(lastKnownOf: content) }
}
