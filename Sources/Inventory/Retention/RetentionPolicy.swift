import ClusterLinks

/// How much of the past is kept, and what follows: the instant before which it is let go, its cutoff.
///
/// A pure value; `Retention` carries it out.
package struct RetentionPolicy: Sendable, Hashable {
    /// Nothing that ended later than this ago is let go for want of room.
    static let youngest = Duration.seconds(3600)
    /// The least share of the past that is let go at once for want of room: to find what nothing refers to any more costs
    /// a walk through all that is left.
    static let leastShare = 1.0 / 16

    /// What ended longer ago is let go.
    package var age: Duration
    /// How many bytes of the database may be in use.
    package var size: Int64

    package init(age: Duration, size: Int64) {
        self.age = age
        self.size = size
    }

    /// The cutoff by age: it moves in steps of a 24th of the age, of a day at most, so that there is something to do but
    /// now and then.
    func cutoff(at now: Instant) -> Instant {
        let step = max(1, min(86_400_000, age.milliseconds / 24))
        let oldest = now.milliseconds - age.milliseconds
        return Instant(milliseconds: oldest - ((oldest % step) + step) % step)
    }

    func needsRoom(used: Int64) -> Bool { used > size }

    /// Which share of the past is to go next for want of room; nil where there is enough.
    ///
    /// More goes than has to, a twentieth of the size, so that the limit is not reached again at once.
    func excess(ofUsed used: Int64) -> Double? {
        let goal = size - size / 20
        guard used > goal else { return nil }
        return max(Self.leastShare, Double(used - goal) / Double(used))
    }

    /// The next cutoff for want of room; nil where nothing is old enough to go.
    ///
    /// It advances by at most the share of the changes, and of the time, that has to go: there is more in the file than
    /// changes.
    /// - Parameters:
    ///   - share: of the past, as `excess` tells it.
    ///   - beginning: from when on the past is kept now.
    ///   - change: when the change happened that this share of the changes lies before; nil where there is none.
    func cutoff(share: Double, beginning: Instant, change: Instant?, at now: Instant) -> Instant? {
        let last = now.advanced(by: .zero - Self.youngest)
        guard beginning < last else { return nil }
        let span = Double((last - beginning).milliseconds)
        let step = max(Int64(span * max(share, 1.0 / 8)), min(last - beginning, .seconds(60)).milliseconds)
        let byTime = min(last, beginning.advanced(by: .milliseconds(step)))
        guard let change, change > beginning else { return byTime }
        return min(change, byTime)
    }
}
