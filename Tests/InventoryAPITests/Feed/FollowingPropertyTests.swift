import ClusterLinks
import ExactJSON
import Foundation
import HTTPServing
import Inventory
import InventoryAPI
import Locking
import NaiveInventory
import Testing

/// Clients that follow the feed over HTTP, leave at random and come back, through restarts of the service: each sees exactly
/// what its filter admits, once and in order.
struct FollowingPropertyTests {
    private struct Refused: Error { let status: Int }

    /// Somebody who follows the feed, and all it keeps from one connection to the next.
    private final class Consumer: Sendable {
        enum Way { case stream, poll }

        struct State {
            var place: Int64
            var changes: [JSONObject] = []
            var generator: SeededGenerator
        }

        let way: Way
        let query: String
        let filter: ChangeFilter
        let state: Locked<State>
        /// Rings when it has got further.
        let progress = Bell()

        init(_ way: Way, from place: Int64, query: String, filter: ChangeFilter, seed: UInt64) {
            self.way = way
            self.query = query
            self.filter = filter
            state = Locked(State(place: place, generator: SeededGenerator(seed: seed)))
        }

        private func number(below bound: UInt64) -> Int {
            state.withLock { Int($0.generator.next() % bound) }
        }

        /// One connection, left after a while.
        func connect(_ client: RawHTTPClient) async throws {
            let place = state.withLock(\.place)
            switch way {
            case .stream:
                let stream = try await EventClient.open(
                    client,
                    "/api/v1/changes/stream?" + query,
                    fields: ["Last-Event-ID": String(place)]
                )
                guard stream.status == 200 else { throw Refused(status: stream.status) }
                for _ in 0...number(below: 6) {
                    guard let event = await stream.next() else { break }
                    let place = try #require(Int64(event.lastEventID))
                    note(event.name == "change" ? [event.json] : [], place: place)
                }
            case .poll:
                let limit = 1 + number(below: 5)
                let target = "/api/v1/changes?after=\(place)&limit=\(limit)&wait=\(number(below: 40))ms&" + query
                let answer = try await client.send("GET", target)
                guard answer.status == 200, let place = Int64(answer.nextCursor ?? "") else {
                    throw Refused(status: answer.status)
                }
                note(answer.items, place: place)
            }
        }

        private func note(_ changes: [JSONObject], place: Int64) {
            state.withLock { state in
                #expect(place >= state.place)
                state.changes += changes
                state.place = place
            }
            progress.ring()
        }
    }

    private static let clusters = ["lkc-1", "lkc-2"].map { ClusterDescription(id: ClusterID($0)) }

    private static func consumers(seed: UInt64) -> [Consumer] {
        let filters: [(String, ChangeFilter)] = [
            ("", ChangeFilter()), ("kind=deleted", ChangeFilter(kinds: [.deleted])),
            (
                "link_name=link-2&cluster_id=lkc-1",
                ChangeFilter(
                    clusters: [ClusterID("lkc-1")],
                    linkNames: Set(["link-2"].compactMap { LinkName($0) })
                )
            ),
        ]
        return filters.enumerated().flatMap { index, filter in
            [Consumer.Way.stream, .poll].map { way in
                Consumer(way, from: 0, query: filter.0, filter: filter.1, seed: seed * 31 + UInt64(index))
            }
        }
    }

    private static func publish(_ fixture: APIFixture, _ generator: inout SeededGenerator) async throws {
        fixture.clock.advance(by: .seconds(Int(generator.next() % 90)))
        let cluster = clusters[Int(generator.next() % 2)].id
        switch generator.next() % 12 {
        case 0: await fixture.fail("timeout", on: cluster)
        case 1: await fixture.store.configure([clusters[0]])
        case 2: await fixture.store.configure(clusters)
        default:
            let items = (0..<5).filter { _ in generator.next() % 4 != 0 }.map { number in
                item("link-\(number)", ["link_error": generator.next() % 3 == 0 ? "TIMEOUT_ERROR" : ""])
            }
            try await fixture.list(items, on: cluster)
        }
    }

    @Test(arguments: 0..<6)
    func everyConsumerSeesTheFeedOnceAndInOrder(seed: UInt64) async throws {
        try await withTemporaryFolder { folder in
            let clock = HandClock()
            let consumers = Self.consumers(seed: seed)
            var generator = SeededGenerator(seed: seed)
            for life in 1...3 {
                let isStopping = Locked(false)
                var following: [Task<Void, Never>] = []
                try await APIFixture.with(clusters: Self.clusters, clock: clock, folder: folder) { fixture in
                    following = consumers.map { consumer in
                        Task {
                            while !isStopping.withLock(\.self) {
                                do {
                                    try await consumer.connect(fixture.client)
                                } catch {
                                    // Only the service's end may cut anybody off.
                                    if !isStopping.withLock(\.self) { Issue.record(error) }
                                }
                            }
                        }
                    }
                    for _ in 0..<25 { try await Self.publish(fixture, &generator) }
                    if life == 3 { try await Self.compare(consumers, fixture) }
                    isStopping.withLock { $0 = true }
                }
                // Their streams have ended with the service.
                for consumer in following { await consumer.value }
            }
        }
    }

    private static func compare(_ consumers: [Consumer], _ fixture: APIFixture) async throws {
        let all = try await fixture.get("/api/v1/changes?limit=1000").items
        #expect(all.compactMap { $0["sequence"]?.int } == Array(1...all.count))
        let page = try await fixture.store.history.changes(after: 0, limit: 1000)
        for consumer in consumers {
            let expected = zip(all, page.rows).filter { consumer.filter.admits($0.1.subject) }.map(\.0)
            while true {
                let heard = consumer.progress.rings
                if consumer.state.withLock({ $0.changes.count >= expected.count }) { break }
                try await consumer.progress.wait(after: heard)
            }
            #expect(consumer.state.withLock(\.changes) == expected, "\(consumer.way) \(consumer.query)")
        }
    }
}
