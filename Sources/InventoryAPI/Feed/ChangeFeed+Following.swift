import ClusterLinks
import HTTPServing
import Inventory
import Locking

extension ChangeFeed {
    private static let pageSize = 128

    /// A stream of the changes after one, or of those from now on.
    /// - Throws: `APIProblem` where the changes after that one are not kept any more, or it lies ahead.
    func follow(after sequence: Int64?, filter: ChangeFilter, on clock: any Clock<Duration>) async throws -> Response {
        // From here on transitions are owed: a client that has seen the answer's head may look at the lists already.
        let listener = listen()
        guard let sequence, !covers(sequence) else {
            let start = sequence ?? fleet.current(at: time.now()).sequence
            return stream(after: start, filter, listener, first: nil, on: clock)
        }
        let page = try await page(after: sequence, limit: Self.pageSize, filter: filter)
        try page.check(after: sequence)
        let start = max(sequence, (page.oldest ?? 1) - 1)
        return stream(after: start, filter, listener, first: page, on: clock)
    }

    private func stream(
        after sequence: Int64,
        _ filter: ChangeFilter,
        _ listener: FeedListener,
        first page: ChangePage?,
        on clock: any Clock<Duration>
    ) -> Response {
        .events(clock: clock) { events in
            var follower = FeedFollower(after: sequence, from: listener.ordinal, filter: filter)
            try await events.send(follower.opening(ofListener: listener.number))
            if let page { try await events.send(follower.take(page)) }
            while let text = try await self.next(&follower) { try await events.send(text) }
        }
    }

    /// Waits for what is to be sent next; nil where the stream ends: with the feed, or because it fell behind what is kept,
    /// which the client is told when it comes back.
    func next(_ follower: inout FeedFollower) async throws -> EventText? {
        while true {
            let heard = news.rings
            guard let (reading, ticks) = try read(from: follower.position) else { return nil }
            var text: EventText
            switch reading {
            case .entries(let entries, let reached, let hasMissed):
                text = try follower.take(entries, to: reached, hasMissed: hasMissed)
            case .behind:
                let sequence = follower.position.sequence
                let page = try await page(after: sequence, limit: Self.pageSize, filter: follower.filter)
                if page.lacks(after: sequence) { return nil }
                text = try follower.take(page)
            case .nothing:
                text = try follower.mark(ticks)
                if text.isEmpty { try await news.wait(after: heard) }
            }
            if !text.isEmpty { return text }
        }
    }
}

extension ChangePage {
    /// Whether changes after that one are not kept any more; 0 asks for whatever there is.
    func lacks(after sequence: Int64) -> Bool { sequence > 0 && oldest.map { sequence < $0 - 1 } ?? false }

    /// - Throws: `APIProblem` where the changes after that one are not kept any more, or it lies ahead.
    func check(after sequence: Int64) throws {
        if let oldest, lacks(after: sequence) { throw APIProblem.sequenceGone(after: sequence, oldest: oldest) }
        if sequence > latest { throw APIProblem.sequenceAhead(after: sequence, latest: latest) }
    }
}
