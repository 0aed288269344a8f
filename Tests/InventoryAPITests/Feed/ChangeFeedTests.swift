import ClusterLinks
import ExactJSON
import GRDB
import HTTPServing
import Locking
import Testing

@testable import Inventory
@testable import InventoryAPI

/// The feed over a real inventory, followed without HTTP.
struct ChangeFeedTests {
    /// Somebody who follows the feed, and what a client would make of it.
    private final class Listening {
        let feed: ChangeFeed
        private let listener: FeedListener
        private var follower: FeedFollower
        private var reader = EventReader()

        init(_ feed: ChangeFeed, after sequence: Int64, filter: ChangeFilter = ChangeFilter()) {
            self.feed = feed
            listener = feed.listen()
            follower = FeedFollower(after: sequence, from: listener.ordinal, filter: filter)
        }

        /// What comes next; nil where the feed has ended.
        func next() async throws -> [EventReader.Event]? {
            try await feed.next(&follower).map { reader.read($0.bytes) }
        }

        func next(_ count: Int) async throws -> [EventReader.Event] {
            var events: [EventReader.Event] = []
            while events.count < count, let more = try await next() { events += more }
            return events
        }
    }

    /// - Parameter log: how much the feed keeps in memory.
    private static func withFeed(
        clusters: [ClusterDescription] = [ClusterDescription(id: APIFixture.cluster)],
        log: FeedLog = FeedLog(),
        _ body: (APIFixture, ChangeFeed, HandTimer) async throws -> Void
    ) async throws {
        try await APIFixture.with(clusters: clusters) { fixture in
            let timer = HandTimer()
            let feed = ChangeFeed(
                fleet: fixture.store.fleet,
                history: fixture.store.history,
                time: fixture.clock,
                log: log
            )
            let running = Task { await feed.run(on: timer) }
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(try await body(fixture, feed, timer))
            } catch {
                outcome = .failure(error)
            }
            running.cancel()
            await running.value
            try outcome.get()
        }
    }

    @Test func changesReachWhoListensAndEachIsWrittenOnce() async throws {
        try await Self.withFeed { fixture, feed, _ in
            let listeners = (0..<3).map { _ in Listening(feed, after: 0) }
            try await fixture.list([item("orders"), item("returns")])
            let first = try await listeners[0].next(4)
            #expect(first.compactMap(\.sequence) == [1, 2])
            // The cluster is new, and so are its links' healths.
            #expect(first.map(\.name) == ["change", "change", "cluster", "health", "health"])
            for listener in listeners.dropFirst() { #expect(try await listener.next(first.count) == first) }
        }
    }

    @Test func whoComesLateReadsTheDatabaseAndThenJoins() async throws {
        try await Self.withFeed(log: FeedLog(entryLimit: 3)) { fixture, feed, _ in
            for round in 0..<10 {
                fixture.clock.advance(by: .seconds(1))
                try await fixture.list([item("orders", ["round": .int(round)])])
            }
            let early = Listening(feed, after: 0)
            #expect(try await early.next(10).compactMap(\.sequence) == Array(1...10))
            let late = Listening(feed, after: 4)
            #expect(try await late.next(6).compactMap(\.sequence) == Array(5...10))
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([])
            for listener in [early, late] {
                let events = try await listener.next(2)
                #expect(events.compactMap(\.sequence) == [11])
                #expect(events.last?.name == "health")
                #expect(events.last?.json["to"] == .null)
            }
        }
    }

    @Test func aClusterThatIsNotHeardOfIsToldWhenItsTimeIsOver() async throws {
        try await Self.withFeed(
            clusters: [ClusterDescription(id: APIFixture.cluster, staleAfter: .seconds(10))]
        ) { fixture, feed, timer in
            try await fixture.list([item("orders")])
            let success = fixture.clock.now()
            let listener = Listening(feed, after: 1)
            // Exactly one sleeps for all who listen.
            let others = (0..<5).map { _ in Listening(feed, after: 1) }
            try await timer.sleep(after: 0)
            fixture.clock.advance(by: .seconds(10))
            timer.advance(by: .seconds(10))
            let events = try await listener.next(2)
            #expect(events.map(\.name) == ["cluster", "health"])
            #expect(events.map { $0.json["to"] } == ["stale", "unknown"])
            let deadline = JSONValue.string(success.advanced(by: .seconds(10)).description)
            #expect(events.map { $0.json["at"] } == [deadline, deadline])
            for other in others { #expect(try await other.next(2) == events) }

            fixture.clock.advance(by: .seconds(5))
            await fixture.fail("timeout")
            try await fixture.list([item("orders")])
            let recovery = try await listener.next(2)
            #expect(recovery.map { $0.json["from"] } == ["stale", "unknown"])
            #expect(recovery.map { $0.json["to"] } == ["known", "ok"])
            #expect(recovery.allSatisfy { $0.lastEventID.isEmpty })
        }
    }

    @Test func pollsThatBeginToFailAreToldOnce() async throws {
        try await Self.withFeed { fixture, feed, _ in
            try await fixture.list([item("orders")])
            let listener = Listening(feed, after: 1)
            func poll(_ reason: String?) async throws {
                fixture.clock.advance(by: .seconds(1))
                if let reason { await fixture.fail(reason) } else { try await fixture.list([item("orders")]) }
            }
            try await poll("timeout")
            var events = try await listener.next(1)
            try await poll("refused")
            try await poll(nil)
            events += try await listener.next(1)
            #expect(events.map { $0.json["from"] } == ["known", "failing"])
            #expect(events.map { $0.json["to"] } == ["failing", "known"])
            #expect(events.map { $0.json["reason"] } == ["timeout", .null])
            await fixture.store.configure([])
            let retired = try await listener.next(3)
            #expect(retired.map(\.name) == ["change", "cluster", "health"])
            #expect(retired.map { $0.json["to"] } == [nil, "retired", "unknown"])
        }
    }

    @Test func whoseFilterAdmitsNothingIsToldItsPlaceAtEachTick() async throws {
        try await Self.withFeed { fixture, feed, timer in
            let listener = Listening(feed, after: 0, filter: ChangeFilter(clusters: [ClusterID("lkc-9")]))
            let other = Listening(feed, after: 0)
            async let place = listener.next(1)
            try await fixture.list([item("orders"), item("returns")])
            _ = try await other.next(2)
            // Whatever the feed was about when the time was set, it sleeps until the next tick now.
            let ticking = Task {
                var slept: UInt64 = 0
                while !Task.isCancelled {
                    try await timer.sleep(after: slept)
                    slept = timer.sleepCount
                    fixture.clock.advance(by: .seconds(15))
                    timer.advance(by: .seconds(15))
                }
            }
            let events = try await place
            ticking.cancel()
            #expect(events == [.init(name: "", data: "", lastEventID: "2")])
        }
    }

    @Test func nothingIsReadWhileNobodyListens() async throws {
        try await Self.withFeed { fixture, feed, _ in
            #expect(feed.listeners == 0)
            try await fixture.list([item("orders")])
            #expect(!feed.covers(0))
            var listener: Listening? = Listening(feed, after: 0)
            #expect(feed.listeners == 1)
            #expect(try await listener?.next(1).first?.sequence == 1)
            listener = nil
            #expect(feed.listeners == 0)
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([])
            #expect(!feed.coversPresent(after: 1))
            #expect(try await Listening(feed, after: 1).next(1).first?.sequence == 2)
        }
    }

    @Test func theFeedEndsForThoseWhoListenAndThoseWhoCome() async throws {
        try await APIFixture.with { fixture in
            let feed = ChangeFeed(fleet: fixture.store.fleet, history: fixture.store.history, time: fixture.clock)
            let running = Task { await feed.run(on: HandTimer()) }
            let listener = Listening(feed, after: 0)
            async let waiting = feed.changes(
                after: 0,
                limit: 10,
                filter: ChangeFilter(),
                waiting: .seconds(60),
                on: HandTimer()
            )
            running.cancel()
            let last = try await listener.next()
            #expect(last == nil)
            let batch = try await waiting
            #expect(batch.changes.isEmpty)
            await running.value
            let late = try await Listening(feed, after: 0).next()
            #expect(late == nil)
        }
    }

    @Test func aDatabaseThatCannotBeReadEndsTheStreamsAndIsTriedAgain() async throws {
        try await Self.withFeed { fixture, feed, timer in
            let listener = Listening(feed, after: 0)
            let writer = try DatabaseQueue(path: fixture.database)
            try await fixture.list([item("orders")])
            #expect(try await listener.next(3).first?.sequence == 1)
            try await writer.write { try $0.execute(sql: "ALTER TABLE field_lists RENAME TO hidden") }
            fixture.clock.advance(by: .seconds(1))
            // The writer does not get through either; so the change is made here.
            try await writer.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO changes (sequence, at, kind, cluster_key)
                        SELECT 2, at, 3, cluster_key FROM changes
                        """
                )
            }
            fixture.store.fleet.publish([], polls: [], sequence: 2, at: fixture.clock.now())
            await #expect(throws: (any Error).self) { try await listener.next() }
            try await writer.write { try $0.execute(sql: "ALTER TABLE hidden RENAME TO field_lists") }
            let again = Listening(feed, after: 1)
            timer.advance(by: .seconds(1))
            let retrying = Task {
                var slept: UInt64 = 0
                while !Task.isCancelled {
                    try await timer.sleep(after: slept)
                    slept = timer.sleepCount
                    timer.advance(by: .seconds(1))
                }
            }
            var found: Int64?
            while found == nil {
                do { found = try await again.next(1).first?.sequence } catch is DatabaseError { await Task.yield() }
            }
            retrying.cancel()
            #expect(found == 2)
        }
    }

    @Test func whatIsNotStoredIsNotTold() async throws {
        try await Self.withFeed { fixture, feed, _ in
            try await fixture.list([item("orders")])
            let listener = Listening(feed, after: 1)
            let writer = try DatabaseQueue(path: fixture.database)
            try await writer.write { db in
                try db.execute(
                    sql: "CREATE TRIGGER refuse BEFORE INSERT ON versions BEGIN SELECT RAISE(ABORT, 'refused'); END"
                )
            }
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([item("orders", ["link_error": "TIMEOUT_ERROR"])])
            // The present is told all the same.
            let events = try await listener.next(1)
            #expect(events.map(\.name) == ["health"])
            #expect(events[0].json["to"] == "error")
            let page = try await feed.page(after: 0, limit: 10, filter: ChangeFilter())
            #expect(page.latest == 1)
            try await writer.write { try $0.execute(sql: "DROP TRIGGER refuse") }
            await fixture.store.storeSightings()
            #expect(try await listener.next(1).first?.sequence == 2)
        }
    }

    @Test func aStragglerTakesNoPartInWhatTheOthersGet() async throws {
        try await Self.withFeed(log: FeedLog(entryLimit: 8)) { fixture, feed, _ in
            let quick = Listening(feed, after: 0)
            let slow = Listening(feed, after: 0)
            var expected: [Int64] = []
            for round in 0..<30 {
                fixture.clock.advance(by: .seconds(1))
                try await fixture.list([item("orders", ["link_error": round % 2 == 0 ? "A" : ""])])
                expected.append(Int64(round + 1))
                var seen: [Int64] = []
                while seen.isEmpty { seen = try await (quick.next() ?? []).compactMap(\.sequence) }
                #expect(seen == [Int64(round + 1)])
            }
            var events: [EventReader.Event] = []
            while events.last?.name != "health" { events += try await slow.next() ?? [] }
            #expect(events.compactMap(\.sequence) == expected)
            // What was kept nowhere is said to be missing.
            #expect(events.contains { $0.name == "resync" })
        }
    }
}
