import HTTPServing
import Inventory

/// One stream's place in the feed, and what is sent to it.
///
/// A pure value: it takes what was read and returns what is to be written.
struct FeedFollower: Sendable {
    let filter: ChangeFilter
    private(set) var position: FeedPosition
    /// The last id that was sent: where the client goes on if it is cut off now.
    private var sentID: Int64
    private var ticks: Int?

    /// How long clients wait before they come back: spread over two seconds, so that a restart is not followed by all at once.
    private static func retry(ofListener number: Int) -> Duration { .milliseconds(1000 + number * 618 % 2000) }

    /// - Parameter ordinal: the place of the log from which transitions are told.
    init(after sequence: Int64, from ordinal: UInt64, filter: ChangeFilter) {
        self.filter = filter
        position = FeedPosition(sequence: sequence, ordinal: ordinal)
        sentID = sequence
    }

    /// What a stream begins with, so that a client that is cut off before the first change loses none.
    /// - Parameter number: of the listener, which tells the waiting times apart.
    func opening(ofListener number: Int) throws -> EventText {
        var text = EventText()
        try text.append(id: String(position.sequence), retry: Self.retry(ofListener: number))
        return text
    }

    /// Takes entries of the log, and returns those that the filter admits.
    mutating func take(_ entries: [FeedEntry], to reached: FeedPosition, hasMissed: Bool) throws -> EventText {
        position = reached
        var text = EventText()
        // Transitions are kept nowhere: whoever wants to know how things are must look at them again.
        if hasMissed { text.append(try ServerSentEvent("{}", event: "resync")) }
        for entry in entries where filter.admits(entry.subject) {
            text.append(written: entry.event)
            if entry.isChange { sentID = entry.sequence }
        }
        return text
    }

    /// Takes a page of the database, which is what the filter admits of the changes up to `lookedAt`.
    mutating func take(_ page: ChangePage) throws -> EventText {
        position.sequence = page.lookedAt
        var text = EventText()
        for row in page.rows { text.append(written: try FeedEntry(row).event) }
        sentID = page.rows.last?.sequence ?? sentID
        // Where a long way was gone, it need not be gone again.
        if page.rows.isEmpty { try tellPlace(into: &text) }
        return text
    }

    /// Every tick a client is told how far its stream has come, if its filter has admitted nothing for that long: its last id
    /// would otherwise stay behind until it is no longer kept.
    mutating func mark(_ ticks: Int) throws -> EventText {
        var text = EventText()
        if let last = self.ticks, last != ticks { try tellPlace(into: &text) }
        self.ticks = ticks
        return text
    }

    private mutating func tellPlace(into text: inout EventText) throws {
        guard position.sequence > sentID else { return }
        try text.append(id: String(position.sequence))
        sentID = position.sequence
    }
}
