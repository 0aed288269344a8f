import ClusterLinks
import GRDB

/// One pass of retention over the database, piece by piece.
///
/// Killed at any moment it leaves a file in order: that the past is kept from a later instant on is written before the first
/// row goes, and what nothing refers to any more is found again by the next sweep.
struct RetentionPass {
    let inventory: InventoryStore
    let connection: RetentionConnection
    private(set) var report = RetentionReport()
    /// Whether rows went that may have been the last to refer to a document or a text.
    private(set) var leftGarbage: Bool

    /// How many rows are looked up at once.
    private static let batch = 20_000
    /// How many pages the log may have before it is seen to.
    private static let longestLog = 4096
    /// How often that is tried beside the polls before they wait for it.
    private static let attempts = 10

    init(_ inventory: InventoryStore, _ connection: RetentionConnection, leftGarbage: Bool) {
        self.inventory = inventory
        self.connection = connection
        self.leftGarbage = leftGarbage
    }

    /// Deletes what ended before an instant.
    mutating func letGo(before cutoff: Instant) async throws {
        let expired = try await connection.read { db in try ExpiredRows(db, before: cutoff) }
        for kind in ExpiredRows.Kind.allCases {
            var size = PieceSize()
            var link = Int64.min
            while true {
                let first = link
                let rows = try await connection.read { db in
                    try expired.batch(db, of: kind, fromLink: first, limit: Self.batch)
                }
                guard let last = rows.last else { break }
                try await announce(cutoff)
                try await delete(rows, &size)
                leftGarbage = true
                link = last.versionsLink ?? link
            }
        }
    }

    /// Writes once a pass, before anything goes, that the past is not whole any more.
    private mutating func announce(_ cutoff: Instant) async throws {
        guard report.keptFrom.map({ $0 < cutoff }) ?? true else { return }
        let piece = try await inventory.keep(from: cutoff, on: connection)
        try await settle(piece)
        report.keptFrom = cutoff
    }

    /// Deletes the documents and texts that nothing refers to.
    mutating func sweep() async throws {
        guard leftGarbage, try await connection.read({ db in try HistoryRetention.keptFrom(db) }) != nil else { return }
        await inventory.beginSweep()
        let swept: Result<Void, any Error>
        do { swept = .success(try await sweepAll()) } catch { swept = .failure(error) }
        await inventory.endSweep()
        try swept.get()
        leftGarbage = false
    }

    private mutating func sweepAll() async throws {
        for table in SharedTable.allCases {
            let garbage = try await connection.read { db in try table.unreferenced(db) }
            var size = PieceSize()
            var next = Int64.min
            while let keys = garbage?.keys(from: next, limit: Self.batch), let last = keys.last {
                try await delete(keys.map { .shared(table, key: $0) }, &size)
                next = last + 1
            }
        }
    }

    /// Makes the file shorter by what is free in it.
    mutating func giveBack() async throws {
        let before = try await connection.read(SpaceUse.init)
        var space = before
        var size = PieceSize()
        while space.free > 0, space.canShrink {
            try Task.checkCancellation()
            try await settle(try await inventory.vacuum(pages: size.count, on: connection), &size)
            let after = try await connection.read(SpaceUse.init)
            // Polls take free pages too; where the file becomes no shorter, it cannot.
            guard after.pages < space.pages else { break }
            space = after
        }
        report.bytesGivenBack += before.bytes - space.bytes
        report.usedBytes = space.usedBytes
        report.cannotShrink = !space.canShrink && space.free > 0
    }

    /// Goes on with the oldest of what is left until what is in use fits.
    mutating func makeRoom(_ policy: RetentionPolicy, at now: Instant) async throws {
        guard policy.needsRoom(used: try await usedBytes()) else { return }
        try await sweep()
        var reached: Instant?
        while true {
            let used = try await usedBytes()
            guard let share = policy.excess(ofUsed: used) else { return }
            let (beginning, change) = try await connection.read { db in
                (try OldestPast.beginning(db), try OldestPast.change(db, after: share))
            }
            let start = max(reached ?? beginning ?? now, beginning ?? now)
            guard let next = policy.cutoff(share: share, beginning: start, change: change, at: now) else {
                report.exceedsSize = policy.needsRoom(used: used)
                return
            }
            try await letGo(before: next)
            try await sweep()
            reached = next
        }
    }

    private func usedBytes() async throws -> Int64 { try await connection.read(SpaceUse.init).usedBytes }

    private mutating func delete(_ rows: [ExpiredRow], _ size: inout PieceSize) async throws {
        var rest = rows[...]
        while !rest.isEmpty {
            try Task.checkCancellation()
            let piece = try await inventory.delete(rest.prefix(size.count), on: connection)
            report.rows += piece?.gone ?? 0
            rest = rest.dropFirst(piece?.taken ?? 0)
            try await settle(piece, &size)
        }
    }

    private mutating func settle(_ piece: RetentionPiece?, _ size: inout PieceSize) async throws {
        try await settle(piece)
        if let piece { size.learn(piece.taken, held: piece.held) }
    }

    /// Between two pieces the log is written into the file, and the writer is free for as long as it was held.
    private mutating func settle(_ piece: RetentionPiece?) async throws {
        guard let piece else { throw RetentionPause.databaseRefusesWrites }
        report.add(piece)
        var log = try await connection.checkpoint()
        while log.behind > Self.longestLog {
            // A reader needs the log: it is not to grow meanwhile.
            try await Task.sleep(for: .milliseconds(100))
            log = try await connection.checkpoint()
        }
        try await beginLogAnew(log)
        // The writer's turn: half of the time belongs to polls.
        try await Task.sleep(for: piece.held)
    }

    /// The log begins anew where nothing came to it while the last of it was written into the file.
    private mutating func beginLogAnew(_ log: RetentionConnection.LogState) async throws {
        var log = log
        for _ in 0..<Self.attempts {
            guard log.pages > Self.longestLog else { return }
            let next = try await connection.checkpoint()
            if next.pages <= log.pages { return }
            log = next
        }
        report.add(try await inventory.finishLog(on: connection))
    }
}
