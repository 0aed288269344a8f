import Inventory
import Locking

extension ChangeFeed {
    /// The changes after one; where there are none yet, waits for the first that the filter admits.
    ///
    /// It looks at a bounded number of changes: an answer without any, whose `lookedAt` lies before the present, comes at once
    /// and says where to go on.
    /// - Parameter span: how long it waits at most.
    /// - Throws: `APIProblem` where the changes after that one are not kept any more, or it lies ahead.
    func changes(
        after sequence: Int64,
        limit: Int,
        filter: ChangeFilter,
        waiting span: Duration,
        on clock: some Clock<Duration>
    ) async throws -> FeedBatch {
        let deadline = clock.now.advanced(by: span)
        var batch = FeedBatch(after: sequence, limit: limit, filter: filter)
        let isAtPresent = try await look(&batch)
        guard batch.changes.isEmpty, isAtPresent, span > .zero else { return batch }
        let listener = listen()
        defer { withExtendedLifetime(listener) {} }
        while batch.changes.isEmpty {
            let heard = news.rings
            switch try read(from: batch.position)?.reading {
            case nil: return batch
            case .entries(let entries, _, _)?: batch.take(entries)
            case .behind?: guard try await lookFurther(&batch) else { return batch }
            case .nothing?: guard try await news.wait(after: heard, until: deadline, on: clock) else { return batch }
            }
        }
        return try fill(batch)
    }

    /// Looks at what there is; tells whether that was all.
    private func look(_ batch: inout FeedBatch) async throws -> Bool {
        if coversPresent(after: batch.lookedAt) {
            batch = try fill(batch)
            // Unless the log has moved on under our feet.
            if !batch.changes.isEmpty || covers(batch.lookedAt) { return true }
        }
        let sequence = batch.lookedAt
        let page = try await page(after: sequence, limit: batch.limit, filter: batch.filter)
        try page.check(after: sequence)
        batch.take(page)
        return page.lookedAt >= page.latest
    }

    /// Looks in the database at what the log has not any more; tells whether that was all.
    private func lookFurther(_ batch: inout FeedBatch) async throws -> Bool {
        let sequence = batch.lookedAt
        let page = try await page(after: sequence, limit: batch.limit, filter: batch.filter)
        if page.lacks(after: sequence) { return false }
        batch.take(page)
        return page.lookedAt >= page.latest
    }

    /// Takes from the log what there is room for.
    private func fill(_ batch: FeedBatch) throws -> FeedBatch {
        var batch = batch
        while !batch.isFull, case .entries(let entries, _, _)? = try read(from: batch.position)?.reading {
            batch.take(entries)
        }
        return batch
    }
}
