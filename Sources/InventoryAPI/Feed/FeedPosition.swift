/// How far somebody has come in the feed.
struct FeedPosition: Sendable, Hashable {
    /// Every change up to this one was looked at.
    var sequence: Int64
    /// Transitions from this place of the log on are wanted; those before happened before anyone asked.
    var ordinal: UInt64

    /// Where only changes are wanted.
    init(changesAfter sequence: Int64) {
        self.sequence = sequence
        ordinal = .max
    }

    init(sequence: Int64, ordinal: UInt64) {
        self.sequence = sequence
        self.ordinal = ordinal
    }
}

/// What the log has for a position.
enum FeedReading: Sendable {
    /// The next entries in order, and the position after them; `hasMissed` where transitions that were wanted are not in the
    /// log any more.
    case entries([FeedEntry], to: FeedPosition, hasMissed: Bool)
    /// The next change is older than the log: the database has it.
    case behind
    /// Everything the log has was looked at.
    case nothing
}
