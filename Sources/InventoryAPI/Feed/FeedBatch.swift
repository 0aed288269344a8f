import Inventory

/// The changes that one answer holds, and how far it has looked.
///
/// A pure value: it takes what was read until it is full.
struct FeedBatch: Sendable {
    let filter: ChangeFilter
    let limit: Int
    private(set) var changes: [[UInt8]] = []
    /// The next answer goes on after it.
    private(set) var lookedAt: Int64

    init(after sequence: Int64, limit: Int, filter: ChangeFilter) {
        self.filter = filter
        self.limit = limit
        lookedAt = sequence
    }

    var isFull: Bool { changes.count >= limit }

    var position: FeedPosition { FeedPosition(changesAfter: lookedAt) }

    /// Takes entries of the log as long as there is room.
    mutating func take(_ entries: [FeedEntry]) {
        for entry in entries where entry.isChange && !isFull {
            lookedAt = entry.sequence
            if filter.admits(entry.subject) { changes.append(entry.json) }
        }
    }

    /// Takes a page of the database, of at most as many changes as there is room for.
    mutating func take(_ page: ChangePage) {
        lookedAt = page.lookedAt
        changes += page.rows.map(ChangeJSON.encoded)
    }
}
