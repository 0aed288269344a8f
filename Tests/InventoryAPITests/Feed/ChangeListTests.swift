import ClusterLinks
import ExactJSON
import GRDB
import HTTPServing
import Inventory
import InventoryAPI
import Testing

/// `/api/v1/changes` over a real server.
struct ChangeListTests {
    private static let clusters = ["lkc-1", "lkc-2"].map { ClusterDescription(id: ClusterID($0)) }

    /// 1 and 2 created, 3 created elsewhere, 4 changed, 5 deleted, 6 retired.
    private static func withChanges(_ body: (APIFixture) async throws -> Void) async throws {
        try await APIFixture.with(clusters: clusters) { fixture in
            try await fixture.list([item("orders"), item("returns")])
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([item("orders")], on: ClusterID("lkc-2"))
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([item("orders", ["link_error": "TIMEOUT_ERROR"]), item("returns")])
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([item("orders", ["link_error": "TIMEOUT_ERROR"])])
            await fixture.store.configure([clusters[0]])
            try await body(fixture)
        }
    }

    private static func sequences(_ answer: Answer) -> [Int] { answer.items.compactMap { $0["sequence"]?.int } }

    @Test func aChangeTellsWhatWasAndWhatIs() async throws {
        try await Self.withChanges { fixture in
            let answer = try await fixture.get("/api/v1/changes")
            #expect(Self.sequences(answer) == Array(1...6))
            #expect(answer.nextCursor == "6")
            #expect(answer.fields["linkwatch-sequence"] == "6")
            let changed = answer.items[3]
            #expect(
                changed.members.map(\.name) == [
                    "sequence", "at", "kind", "cluster_id", "link_name", "cluster_link_id", "changed", "before",
                    "after",
                ]
            )
            #expect(changed["kind"] == "changed")
            #expect(changed["cluster_id"] == "lkc-1")
            #expect(changed["link_name"] == "orders")
            #expect(changed["cluster_link_id"] == "id-orders")
            #expect(changed["changed"] == ["link_error"])
            #expect(changed["before"]?.object?["link_error"] == .null)
            #expect(changed["after"]?.object?["link_error"] == "TIMEOUT_ERROR")
            #expect(changed["after"]?.object?["topic_names"] == ["a", "b"])
            #expect(changed["at"] == .string(Instant(milliseconds: 1_800_000_002_000).description))
            let kinds = ["created", "created", "created", "changed", "deleted", "retired"]
            #expect(answer.items.compactMap { $0["kind"]?.string } == kinds)
            #expect(answer.items.map { $0["baseline"]?.bool } == [true, true, true, nil, nil, nil])
            #expect(answer.items[4]["after"] == .null)
            #expect(answer.items[5]["link_name"] == .null)
            #expect(answer.items[5]["changed"] == [])
        }
    }

    @Test func theNextCursorIsTheNextAfterAlsoAtTheEnd() async throws {
        try await Self.withChanges { fixture in
            for (parameter, limit) in [("after", 1), ("cursor", 2), ("after", 4), ("cursor", 1000)] {
                var found: [Int] = []
                var cursor = "0"
                for _ in 0..<8 {
                    let answer = try await fixture.get("/api/v1/changes?\(parameter)=\(cursor)&limit=\(limit)")
                    #expect(Self.sequences(answer).count <= limit)
                    found += Self.sequences(answer)
                    cursor = answer.nextCursor ?? ""
                    #expect(answer.fields["linkwatch-sequence"] == cursor)
                }
                #expect(found == Array(1...6))
                #expect(cursor == "6")
            }
        }
    }

    @Test(arguments: [
        ("kind=created", [1, 2, 3]), ("kind=deleted,retired", [5, 6]), ("cluster_id=lkc-2", [3, 6]),
        ("link_name=orders", [1, 3, 4]), ("cluster_link_id=id-returns", [2, 5]), ("link_name=nope", []),
        ("cluster_id=lkc-1&kind=created&link_name=returns,orders", [1, 2]),
    ])
    func filtersKeepThePlace(query: String, expected: [Int]) async throws {
        try await Self.withChanges { fixture in
            let answer = try await fixture.get("/api/v1/changes?" + query)
            #expect(Self.sequences(answer) == expected)
            #expect(answer.nextCursor == "6")
        }
    }

    @Test(arguments: [
        ("after=-1", "bad-parameter"), ("after=x", "bad-parameter"), ("after=", "bad-parameter"),
        ("after=99999999999999999999", "bad-parameter"), ("cursor=1.0", "bad-parameter"),
        ("after=1&cursor=1", "bad-parameter"), ("after=1&after=1", "bad-parameter"), ("kind=gone", "bad-parameter"),
        ("wait=61s", "bad-parameter"), ("wait=5", "bad-parameter"), ("wait=-1s", "bad-parameter"),
        ("wait=1h", "bad-parameter"), ("wait=", "bad-parameter"), ("wait=99999999999999999999s", "bad-parameter"),
        ("wait=1m1ms", "bad-parameter"), ("wait=1s1m", "bad-parameter"),
        ("limit=0", "bad-parameter"), ("from=2026-11-22T18:00:00Z", "unknown-parameter"), ("after=7", "sequence-ahead"),
    ])
    func badQuestionsAreRefused(query: String, problem: String) async throws {
        try await Self.withChanges { fixture in
            let answer = try await fixture.get("/api/v1/changes?" + query)
            #expect(answer.status == 400)
            #expect(answer.problem == problem)
            #expect(answer.json["latest_sequence"]?.int == (problem == "sequence-ahead" ? 6 : nil))
        }
    }

    @Test func whatIsNotKeptAnyMoreIsGone() async throws {
        try await Self.withChanges { fixture in
            let writer = try DatabaseQueue(path: fixture.database)
            try await writer.write { try $0.execute(sql: "DELETE FROM changes WHERE sequence < 4") }
            for path in ["/api/v1/changes", "/api/v1/changes/stream"] {
                for after in 1...2 {
                    let gone = try await fixture.get("\(path)?after=\(after)")
                    #expect(gone.status == 410)
                    #expect(gone.problem == "sequence-gone")
                    #expect(gone.json["oldest_sequence"]?.int == 4)
                }
            }
            #expect(Self.sequences(try await fixture.get("/api/v1/changes?after=3")) == [4, 5, 6])
            #expect(Self.sequences(try await fixture.get("/api/v1/changes?after=0&limit=1")) == [4])
            #expect(try await fixture.get("/api/v1/changes?after=0&kind=created").nextCursor == "6")
        }
    }

    @Test func whatDidNotChangeIsNotSentAgain() async throws {
        try await Self.withChanges { fixture in
            let answer = try await fixture.get("/api/v1/changes?after=2&limit=2")
            let tag = try #require(answer.fields["etag"])
            #expect(answer.fields["cache-control"] == "no-cache")
            let again = try await fixture.get("/api/v1/changes?after=2&limit=2", ["If-None-Match": tag])
            #expect(again.status == 304)
            #expect(again.fields["linkwatch-sequence"] == "4")
        }
    }

    @Test func aWaitEndsWithTheFirstChangeThatTheFilterAdmits() async throws {
        try await Self.withChanges { fixture in
            async let any = fixture.get("/api/v1/changes?after=6&wait=60s")
            async let deletion = fixture.get("/api/v1/changes?after=6&wait=1m&kind=deleted")
            // Those who wait hold a stream open, so it is known when they do.
            let stream = try await EventClient.open(fixture.client, "/api/v1/changes/stream?after=6")
            _ = await stream.next()
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([item("orders")])
            let first = try await any
            #expect(Self.sequences(first) == [7])
            #expect(first.nextCursor == "7")
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([])
            let second = try await deletion
            #expect(Self.sequences(second) == [8])
            #expect(second.nextCursor == "8")
        }
    }

    @Test func aWaitInVainAdvancesAllTheSame() async throws {
        try await Self.withChanges { fixture in
            let answer = try await fixture.get("/api/v1/changes?after=2&wait=20ms&link_name=nope")
            #expect(answer.status == 200)
            #expect(answer.items.isEmpty)
            #expect(answer.nextCursor == "6")
            for none in ["0", "0s", "0m0s0ms"] {
                #expect(try await fixture.get("/api/v1/changes?after=6&wait=\(none)").nextCursor == "6")
            }
            // What is there already is not waited for.
            #expect(Self.sequences(try await fixture.get("/api/v1/changes?after=4&wait=60s")) == [5, 6])
        }
    }

    @Test func manyWhoWaitShareWhatIsReadOnce() async throws {
        try await Self.withChanges { fixture in
            try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<40 { group.addTask { try await fixture.get("/api/v1/changes?after=6&wait=60s") } }
                fixture.clock.advance(by: .seconds(1))
                try await fixture.list([])
                for try await answer in group { #expect(Self.sequences(answer) == [7]) }
            }
        }
    }
}
