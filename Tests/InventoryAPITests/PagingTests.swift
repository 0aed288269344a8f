import ClusterLinks
import ExactJSON
import Inventory
import NaiveInventory
import Testing

struct PagingTests {
    private static let clusters = ["lkc-1", "lkc-2"].map { ClusterDescription(id: ClusterID($0)) }

    @Test(arguments: [
        "", "sort=link_name", "sort=-link_name", "sort=link_state", "sort=-link_state", "sort=-cluster_id",
        "sort=last_changed_at", "sort=-health&health=ok,error", "deleted=any&sort=-link_error",
    ])
    func pagesOfAnySizeShowEachLinkOnce(query: String) async throws {
        try await APIFixture.with(clusters: Self.clusters) { fixture in
            var generator = SeededGenerator(seed: 7)
            try await Self.fill(fixture, &generator)
            let whole = try await fixture.get("/api/v1/links?limit=1000&" + query).items
            #expect(whole.count >= 40)
            for limit in [1, 3, 7, whole.count - 1, whole.count, 1000] {
                let paged = try await Self.pages(fixture, "/api/v1/links?limit=\(limit)&" + query)
                #expect(paged == whole, "limit \(limit)")
            }
        }
    }

    /// Those that are there all along are shown exactly once, whatever comes and goes between the pages.
    @Test(arguments: ["", "sort=-link_name"])
    func pagesAreStableWhileLinksComeAndGo(query: String) async throws {
        try await APIFixture.with { fixture in
            let lasting = (0..<20).map { item("m\(100 + $0)") }
            var generator = SeededGenerator(seed: 11)
            func change() async throws {
                let passing = (0..<6).map { _ in
                    ["a", "m", "z"].randomElement(using: &generator, or: "a") + "\(generator.next() % 1000)x"
                }
                fixture.clock.advance(by: .seconds(1))
                try await fixture.list(lasting + Set(passing).map { item($0) })
            }
            try await change()
            var target = "/api/v1/links?limit=4&" + query
            var shown: [String] = []
            while true {
                let page = try await fixture.get(target)
                shown += page.items.compactMap { $0["link_name"]?.string }
                guard let cursor = page.nextCursor else { break }
                target = "/api/v1/links?limit=4&\(query)&cursor=\(cursor)"
                try await change()
            }
            let names = shown.filter { !$0.hasSuffix("x") }
            #expect(names.sorted() == lasting.compactMap { $0["link_name"]?.string })
        }
    }

    @Test func theOtherListsPageLikewise() async throws {
        try await APIFixture.with(clusters: (1...9).map { ClusterDescription(id: ClusterID("lkc-\($0)")) }) { fixture in
            for round in 0..<9 {
                try await fixture.list([item("orders", round % 2 == 0 ? [:] : ["link_error": "TIMEOUT_ERROR"])])
                fixture.clock.advance(by: .seconds(5))
                await fixture.fail("timeout")
                fixture.clock.advance(by: .seconds(5))
            }
            await fixture.store.storeSightings()
            for (path, count) in [
                ("/api/v1/clusters", 9), ("/api/v1/clusters/lkc-1/snapshots", 9), ("/api/v1/clusters/lkc-1/polls", 18),
                ("/api/v1/clusters/lkc-1/links/orders/history", 9), ("/api/v1/clusters/lkc-1/links/orders/errors", 4),
            ] {
                let whole = try await fixture.get(path).items
                #expect(whole.count == count, "\(path)")
                for limit in [1, 2, 4, count] {
                    #expect(try await Self.pages(fixture, "\(path)?limit=\(limit)") == whole, "\(path) by \(limit)")
                }
            }
        }
    }

    @Test func pairsPageLikewise() async throws {
        try await APIFixture.with(clusters: Self.clusters) { fixture in
            let items = (0..<9).map { item("link-\($0)") }
            for cluster in Self.clusters { try await fixture.list(items, on: cluster.id) }
            let whole = try await fixture.get("/api/v1/links/pairs").items
            #expect(whole.count == 9)
            for limit in [1, 2, 4, 8, 9] {
                #expect(try await Self.pages(fixture, "/api/v1/links/pairs?agree=true&limit=\(limit)") == whole)
            }
            let cursor = try #require(try await fixture.get("/api/v1/links/pairs?limit=1").nextCursor)
            for other in ["/api/v1/links?cursor=", "/api/v1/links/pairs?agree=true&cursor="] {
                #expect(try await fixture.get(other + cursor).problem == "bad-cursor")
            }
        }
    }

    @Test func aCursorBelongsToItsListAndFilters() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("a"), item("b"), item("c")])
            let cursor = try #require(try await fixture.get("/api/v1/links?limit=1&health=ok").nextCursor)
            #expect(!cursor.contains { !($0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0))) })
            #expect(try await fixture.names("/api/v1/links?limit=2&health=ok&cursor=\(cursor)") == ["b", "c"])
            for other in [
                "/api/v1/links?cursor=\(cursor)", "/api/v1/links?health=ok,error&cursor=\(cursor)",
                "/api/v1/links?health=ok&sort=link_name&cursor=\(cursor)",
                "/api/v1/clusters/lkc-1/links?health=ok&cursor=\(cursor)", "/api/v1/clusters?cursor=\(cursor)",
                "/api/v1/clusters/lkc-1/links/a/history?cursor=\(cursor)", "/api/v1/links?health=ok&cursor=\(cursor)A",
            ] {
                let answer = try await fixture.get(other)
                #expect(answer.status == 400)
                #expect(answer.problem == "bad-cursor")
            }
        }
    }

    private static func pages(_ fixture: APIFixture, _ target: String) async throws -> [JSONObject] {
        var items: [JSONObject] = []
        var page = try await fixture.get(target)
        items += page.items
        while let cursor = page.nextCursor {
            page = try await fixture.get("\(target)&cursor=\(cursor)")
            try #require(page.status == 200)
            items += page.items
        }
        return items
    }

    /// Links whose names, states and errors repeat, of which some went away; two names are one to `String` and two to bytes.
    private static func fill(_ fixture: APIFixture, _ generator: inout SeededGenerator) async throws {
        for cluster in clusters {
            var items = (0..<25).map { index in
                item(
                    "link-\(index % 5)",
                    [
                        "cluster_link_id": .string("\(cluster.id)-\(index)"),
                        "link_state": .string(["ACTIVE", "PAUSED", ""].randomElement(using: &generator, or: "")),
                        "link_error": .string(["", "", "TIMEOUT_ERROR"].randomElement(using: &generator, or: "")),
                    ]
                )
            }
            items += ["caf\u{E9}", "cafe\u{301}", "a,b", "x/y"].enumerated().map { index, name in
                item(name, ["cluster_link_id": .string("odd-\(index)")])
            }
            try await fixture.list(items, on: cluster.id)
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list(Array(items.dropFirst(3)), on: cluster.id)
        }
    }
}

extension Array {
    fileprivate func randomElement(using generator: inout SeededGenerator, or other: Element) -> Element {
        randomElement(using: &generator) ?? other
    }
}
