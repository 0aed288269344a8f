import GRDB

/// How the pages of the file are used.
struct SpaceUse: Sendable, Hashable {
    let pages: Int64
    let free: Int64
    let pageSize: Int64
    /// Whether free pages can be given back: so it is in files that linkwatch made.
    let canShrink: Bool

    var usedBytes: Int64 { (pages - free) * pageSize }
    var bytes: Int64 { pages * pageSize }

    init(_ db: Database) throws {
        pages = try Int64.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        free = try Int64.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
        pageSize = try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 0
        canShrink = try Int.fetchOne(db, sql: "PRAGMA auto_vacuum") != 0
    }
}
