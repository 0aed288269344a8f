/// Somebody who listens to the feed, for as long as this is held.
final class FeedListener: Sendable {
    private let feed: ChangeFeed
    /// Which one it is of all there ever were.
    let number: Int
    /// The place of the log from which transitions happened since it listens.
    let ordinal: UInt64

    init(_ feed: ChangeFeed, number: Int, ordinal: UInt64) {
        self.feed = feed
        self.number = number
        self.ordinal = ordinal
    }

    deinit { feed.leave() }
}
