import ClusterLinks
import ExactJSON
import Inventory
import Testing

/// Truth rule 15 over HTTP.
struct AvailabilityTests {
    private static let link = "/api/v1/clusters/lkc-1/links/orders/availability"

    /// `orders` is well for a minute, broken for one and well again; then nothing is heard for two minutes longer than
    /// the knowledge holds.
    private static func withFlappingLink(_ body: (APIFixture) async throws -> Void) async throws {
        let clusters = [
            ClusterDescription(id: ClusterID("lkc-1"), labels: ["env": "prod"]),
            ClusterDescription(id: ClusterID("lkc-2"), labels: ["env": "dev"]),
        ]
        try await APIFixture.with(clusters: clusters) { fixture in
            try await fixture.list([item("orders"), item("stock")])
            try await fixture.list([item("orders")], on: ClusterID("lkc-2"))
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list([item("orders", ["link_error": "TIMEOUT_ERROR"]), item("stock")])
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list([item("orders"), item("stock")])
            fixture.clock.advance(by: .seconds(300))
            await fixture.fail("timeout")
            await fixture.store.storeSightings()
            try await body(fixture)
        }
    }

    @Test func aLinkHasEveryFigure() async throws {
        try await Self.withFlappingLink { fixture in
            let expected: JSONObject = [
                "cluster_id": "lkc-1", "link_name": "orders", "cluster_link_id": "id-orders",
                "from": "2027-01-15T08:00:00.000Z", "to": "2027-01-15T08:07:00.000Z", "kept_from": .null,
                "listed_seconds": 420, "seconds": ["ok": 240, "degraded": 0, "error": 60, "unknown": 120],
                "share": [
                    "ok": .double(240.0 / 420), "degraded": 0, "error": .double(60.0 / 420),
                    "unknown": .double(120.0 / 420),
                ],
                "coverage": .double(300.0 / 420), "availability": .double(0.8), "episodes": 1, "mttr_seconds": 60,
                "mtbf_seconds": 240, "longest_seconds": 60, "links": 1,
            ]
            for query in ["", "?window=30d", "?window=7m", "?window=10y", "?from=2027-01-15T08:00:00Z"] {
                let json = try await fixture.get(Self.link + query).json
                #expect(json == expected, "\(query)")
            }
        }
    }

    @Test(arguments: [
        ("window=6m", "08:01", "08:07", 180, 60, 120), ("window=1h30m", "08:00", "08:07", 240, 60, 120),
        ("from=2027-01-15T08:01:30Z", "08:01", "08:07", 180, 30, 120),
        ("from=2027-01-15T08:01:00Z&to=2027-01-15T08:02:00Z", "08:01", "08:02", 0, 60, 0),
        ("to=2027-01-15T08:01:00Z", "08:00", "08:01", 60, 0, 0),
        ("from=2027-01-15T08:06:00Z&to=2027-01-15T08:07:05Z", "08:06", "08:07", 0, 0, 60),
    ])
    func aWindowIsClipped(
        query: String,
        from: String,
        to: String,
        ok: Int,
        error: Int,
        unknown: Int
    ) async throws {
        try await Self.withFlappingLink { fixture in
            let json = try await fixture.get("\(Self.link)?\(query)").json
            #expect(json["from"]?.string?.dropFirst(11).hasPrefix(from) == true)
            #expect(json["to"]?.string?.dropFirst(11).hasPrefix(to) == true)
            let seconds = json["seconds"]?.object
            #expect(seconds == ["ok": .int(ok), "degraded": 0, "error": .int(error), "unknown": .int(unknown)])
        }
    }

    @Test(arguments: [
        "from=2027-01-15T08:01:00Z&to=2027-01-15T08:01:00Z", "to=2026-01-01T00:00:00Z", "from=2027-01-15T08:07:05Z",
    ])
    func nothingHasNoFigures(query: String) async throws {
        try await Self.withFlappingLink { fixture in
            for path in [Self.link, "/api/v1/clusters/lkc-1/availability", "/api/v1/availability"] {
                let json = try await fixture.get("\(path)?\(query)").json
                #expect(json["from"] == json["to"])
                #expect(json["links"] == 0)
                #expect(json["seconds"] == ["ok": 0, "degraded": 0, "error": 0, "unknown": 0])
                #expect(json["share"] == ["ok": .null, "degraded": .null, "error": .null, "unknown": .null])
                for name in ["coverage", "availability", "mttr_seconds", "mtbf_seconds", "longest_seconds"] {
                    #expect(json[name] == .null)
                }
            }
        }
    }

    /// The filters, the links they leave, and the seconds of `ok`.
    @Test(arguments: [
        ("availability", 3, 240 + 300 + 180), ("clusters/lkc-1/availability", 2, 240 + 300),
        ("availability?cluster_id=lkc-2", 1, 180), ("availability?label.env=prod", 2, 540),
        ("availability?label.env=prod,dev", 3, 720), ("availability?label.env=none", 0, 0),
        ("availability?link_name=stock", 1, 300), ("availability?link_name=stock,orders&cluster_id=lkc-1", 2, 540),
        ("availability?cluster_link_id=id-orders", 2, 420), ("availability?configured=false", 0, 0),
        ("availability?configured=any", 3, 720), ("availability?cluster_id=none", 0, 0),
    ])
    func selectedLinksAreSummed(target: String, links: Int, ok: Int) async throws {
        try await Self.withFlappingLink { fixture in
            let json = try await fixture.get("/api/v1/" + target).json
            #expect(json["links"] == .int(links))
            #expect(json["seconds"]?.object?["ok"] == .int(ok))
            #expect(json["cluster_id"] == (target.hasPrefix("clusters") ? "lkc-1" : .null))
            #expect(json["link_name"] == .null)
        }
    }

    @Test func aClusterThatLeftCountsAsUnknown() async throws {
        try await Self.withFlappingLink { fixture in
            await fixture.store.configure([ClusterDescription(id: ClusterID("lkc-2"), labels: ["env": "dev"])])
            #expect(try await fixture.get("/api/v1/availability").json["links"] == 1)
            #expect(try await fixture.get("/api/v1/availability?configured=false").json["links"] == 2)
            fixture.clock.advance(by: .seconds(60))
            let seconds = try await fixture.get(Self.link).json["seconds"]?.object
            #expect(seconds == ["ok": 240, "degraded": 0, "error": 60, "unknown": 180])
        }
    }

    @Test func aNameMeansOneIncarnation() async throws {
        try await APIFixture.with { fixture in
            for id in ["first", "second"] {
                try await fixture.list([item("orders", ["cluster_link_id": .string(id)])])
                fixture.clock.advance(by: .seconds(60))
            }
            #expect(try await fixture.get(Self.link).json["from"] == "2027-01-15T08:01:00.000Z")
            let first = try await fixture.get(Self.link + "?cluster_link_id=first").json
            #expect(first["cluster_link_id"] == "first")
            #expect(first["to"] == "2027-01-15T08:01:00.000Z")
            // Gone and back: the hole is outside of the window.
            try await fixture.list([])
            fixture.clock.advance(by: .seconds(60))
            let gone = try await fixture.get(Self.link).json
            #expect(gone["cluster_link_id"] == "second")
            #expect(gone["to"] == "2027-01-15T08:02:00.000Z")
            try await fixture.list([item("orders", ["cluster_link_id": "first"])])
            fixture.clock.advance(by: .seconds(60))
            let back = try await fixture.get(Self.link).json
            #expect(back["cluster_link_id"] == "first")
            #expect(back["from"] == "2027-01-15T08:00:00.000Z")
            #expect(back["to"] == "2027-01-15T08:04:00.000Z")
            #expect(back["listed_seconds"] == 120)
            #expect(back["coverage"] == 1)
            let all = try await fixture.get("/api/v1/clusters/lkc-1/availability").json
            #expect(all["links"] == 2)
            #expect(all["listed_seconds"] == 180)
        }
    }

    @Test(arguments: [
        "window=", "window=0", "window=0s", "window=-1d", "window=30", "window=1.5h", "window=1month", "window=30D",
        "window=11y", "window=3651d", "window=99999999999999999999d", "window=1d&from=2027-01-15T08:00:00Z",
        "window=1d&to=2027-01-15T08:00:00Z", "from=2027-01-15T08:01:00Z&to=2027-01-15T08:00:00Z", "from=yesterday",
        "from=2027-01-15T08:07:06Z", "to=2027-01-15T08:07:05.001Z", "to=2027-01-15T08:07:00",
    ])
    func aBadWindowIsRefused(query: String) async throws {
        try await Self.withFlappingLink { fixture in
            for path in [
                Self.link, "/api/v1/clusters/lkc-1/availability", "/api/v1/availability",
                "/api/v1/clusters/lkc-1/links/orders/evidence",
            ] {
                let answer = try await fixture.get("\(path)?\(query)")
                #expect(answer.status == 400)
                #expect(answer.problem == "bad-parameter")
                let parameter = try #require(answer.json["parameter"]?.string)
                #expect(query.contains(parameter + "="))
            }
        }
    }
}
