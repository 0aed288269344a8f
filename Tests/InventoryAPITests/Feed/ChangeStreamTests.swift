import ClusterLinks
import ExactJSON
import Foundation
import GRDB
import HTTPServing
import Inventory
import InventoryAPI
import Locking
import Testing

/// `/api/v1/changes/stream` over a real server.
struct ChangeStreamTests {
    private static let path = "/api/v1/changes/stream"

    /// What a test expects of events about links only: the numbers of the changes, and the names of the rest.
    private static func shorthand(_ events: [EventReader.Event]) -> [String] {
        events.map { $0.sequence.map(String.init) ?? $0.name }
    }

    @Test func aStreamBeginsNowAndTellsItsPlace() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders")])
            let stream = try await EventClient.open(fixture.client, Self.path)
            #expect(stream.status == 200)
            #expect(stream.fields["content-type"] == "text/event-stream")
            #expect(await stream.next() == .init(name: "", data: "", lastEventID: "1"))
            #expect((1000...3000).contains(try #require(stream.retry)))
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([item("orders", ["link_error": "TIMEOUT_ERROR"])])
            let events = await stream.events(through: "health")
            #expect(Self.shorthand(events) == ["2", "health"])
            let listed = try await fixture.get("/api/v1/changes?after=1").items
            #expect([events[0].json] == listed)
            #expect(events[0].lastEventID == "2")
            #expect(
                events[1].json == [
                    "at": .string(fixture.clock.now().description), "cluster_id": "lkc-1", "link_name": "orders",
                    "cluster_link_id": "id-orders", "from": "ok", "to": "error",
                ]
            )
            // What has no id leaves the last one as it was.
            #expect(events[1].lastEventID == "2")
        }
    }

    @Test func aClientThatComesBackGoesOnWhereItWas() async throws {
        try await APIFixture.with { fixture in
            for round in 0..<5 {
                fixture.clock.advance(by: .seconds(1))
                try await fixture.list([item("orders", ["round": .int(round)])])
            }
            for (query, fields, expected) in [
                ("?after=0", [:], 1...5), ("?after=3", [:], 4...5), ("", ["Last-Event-ID": "2"], 3...5),
                ("?after=0", ["Last-Event-ID": "4"], 5...5), ("?after=1", ["Last-Event-ID": ""], 2...5),
            ] as [(String, [String: String], ClosedRange<Int64>)] {
                let stream = try await EventClient.open(fixture.client, Self.path + query, fields: fields)
                #expect(await stream.next()?.lastEventID == String(expected.lowerBound - 1))
                for sequence in expected { #expect(await stream.next()?.sequence == sequence) }
                #expect(stream.lastEventID == "5")
            }
        }
    }

    @Test(
        arguments: [
            ("?after=x", [:], 400, "bad-parameter"), ("", ["Last-Event-ID": "x"], 400, "bad-parameter"),
            ("?after=1", ["Last-Event-ID": "-1"], 400, "bad-parameter"), ("?after=9", [:], 400, "sequence-ahead"),
            ("", ["Last-Event-ID": "9"], 400, "sequence-ahead"), ("?limit=3", [:], 400, "unknown-parameter"),
            ("?kind=health", [:], 400, "bad-parameter"), ("?wait=3s", [:], 400, "unknown-parameter"),
        ] as [(String, [String: String], Int, String)]
    )
    func badQuestionsAreRefused(
        query: String,
        fields: [String: String],
        status: Int,
        problem: String
    ) async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders")])
            let answer = try await fixture.get(Self.path + query, fields)
            #expect(answer.status == status)
            #expect(answer.problem == problem)
        }
    }

    @Test func aTokenIsAskedFor() async throws {
        let token = AccessPolicy.Token(name: "reader", role: .read) { "secret" }
        try await APIFixture.with(policy: AccessPolicy(tokens: [token])) { fixture in
            for path in [Self.path, "/api/v1/changes"] {
                let answer = try await fixture.get(path)
                #expect(answer.status == 401)
            }
            let fields = ["Authorization": "Bearer secret"]
            let stream = try await EventClient.open(fixture.client, Self.path, fields: fields)
            #expect(stream.status == 200)
        }
    }

    @Test func headAnswersWithoutListening() async throws {
        try await APIFixture.with { fixture in
            let head = try await fixture.client.send("HEAD", Self.path)
            #expect(head.status == 200)
            #expect(head.fields["content-type"] == "text/event-stream")
            #expect(head.body.isEmpty)
        }
    }

    @Test func filtersHoldForTransitionsToo() async throws {
        let clusters = ["lkc-1", "lkc-2"].map { ClusterDescription(id: ClusterID($0)) }
        try await APIFixture.with(clusters: clusters) { fixture in
            let orders = try await EventClient.open(fixture.client, Self.path + "?link_name=orders")
            let other = try await EventClient.open(fixture.client, Self.path + "?cluster_id=lkc-2&kind=deleted")
            for stream in [orders, other] { _ = await stream.next() }
            try await fixture.list([item("orders"), item("returns")])
            #expect(Self.shorthand(await orders.events(through: "health")) == ["1", "health"])
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([item("orders")], on: ClusterID("lkc-2"))
            #expect(Self.shorthand(await other.events(through: "health")) == ["cluster", "health"])
            #expect(Self.shorthand(await orders.events(through: "health")) == ["3", "health"])
        }
    }

    @Test func clustersThatAreNotHeardOfAreToldWithTheNextNews() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders")])
            let stream = try await EventClient.open(fixture.client, Self.path)
            _ = await stream.next()
            fixture.clock.advance(by: .seconds(60))
            await fixture.fail("timeout", status: nil)
            let failing = await stream.next()
            #expect(failing?.json["to"] == "failing")
            #expect(failing?.json["reason"] == "timeout")
            fixture.clock.advance(by: .seconds(200))
            try await fixture.list([item("orders")])
            var known = await stream.next()
            // Whether the time without news was seen by itself is a matter of when the feed looked.
            if known?.json["to"] == "stale" { known = await stream.events(through: "cluster").last }
            #expect(known?.json["to"] == "known")
        }
    }

    @Test func streamsEndInOrderWithTheService() async throws {
        let streams = Locked<[EventClient]>([])
        try await APIFixture.with { fixture in
            for _ in 0..<5 {
                let stream = try await EventClient.open(fixture.client, Self.path)
                _ = await stream.next()
                streams.withLock { $0.append(stream) }
            }
        }
        for stream in streams.withLock(\.self) { #expect(await stream.next() == nil) }
    }

    /// What a reader that has stopped reading is owed waits in the database, not in memory, and nobody waits for it.
    @Test func aReaderThatStopsReadingHoldsNobodyUp() async throws {
        try await APIFixture.with(timeouts: HTTPTimeouts(write: .milliseconds(300))) { fixture in
            let descriptor = try fixture.client.connect(Self.path + "?after=0", receiveBuffer: 4096)
            defer { close(descriptor) }
            let stream = try await EventClient.open(fixture.client, Self.path + "?after=0")
            _ = await stream.next()
            let padding = JSONValue.string(String(repeating: "x", count: 60_000))
            var round: Int64 = 0
            // It is let go in the end: the exchange is noted only then.
            while fixture.facts.requestDurations.allSatisfy({ $0.route != Self.path }) {
                round += 1
                fixture.clock.advance(by: .seconds(1))
                try await fixture.list([item("orders", ["round": .int(round), "padding": padding])])
                var sequence: Int64?
                while sequence == nil { sequence = try #require(await stream.next()).sequence }
                #expect(sequence == round)
            }
        }
    }
}
