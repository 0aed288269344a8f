import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct LinkListTests {
    static let upstreamFields = [
        "cluster_link_id", "destination_cluster_id", "kind", "link_error", "link_error_message", "link_id", "link_name",
        "link_state", "metadata", "remote_cluster_id", "source_cluster_id", "tasks", "topic_names",
    ]

    @Test func aLinkHasAllThirteenFieldsAndOurs() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([["link_name": "bare", "link_id": "a66e98f2-a403-4b54-bc3f-04227fdc3660"]])
            let link = try #require(try await fixture.get("/api/v1/links").items.first)
            let ours = [
                "cluster_id", "cluster_name", "labels", "health", "last_known_health", "direction", "first_observed_at",
                "last_changed_at", "stale", "counterpart",
            ]
            #expect(Set(link.members.map(\.name)) == Set(Self.upstreamFields + ours))
            #expect(link["cluster_link_id"] == "pm6Y8qQDS1S8PwQif9w2YA")
            #expect(link["link_error"] == .null)
            #expect(link["tasks"] == [])
            #expect(link["topic_names"] == [])
            #expect(link["first_observed_at"] == "2027-01-15T08:00:00.000Z")
        }
    }

    @Test func unknownFieldsAreServedVerbatimAndNeverHideOurs() async throws {
        let odd = try #require(
            try JSONValue(
                parsing: #"""
                    {"link_name":"orders","cluster_link_id":"x","weight":1.10,"big":123456789012345678901234567890,
                     "exponent":1E+2,"nested":{"a":[null,true,"\u00e9 \ud83d\ude00"]},"health":"splendid",
                     "upstream_health":"old","configured":"perhaps","data":[],"link_state":"ACTIVE"}
                    """#
            ).object
        )
        try await APIFixture.with { fixture in
            try await fixture.list([odd])
            let answer = try await fixture.get("/api/v1/links")
            for text in [#""weight":1.10"#, #""big":123456789012345678901234567890,"#, #""exponent":1E+2,"#] {
                #expect(answer.text.contains(text))
            }
            let link = try #require(answer.items.first)
            #expect(link["nested"] == ["a": [.null, true, "é 😀"]])
            #expect(link["health"] == "ok")
            #expect(link["upstream_health"] == "splendid")
            #expect(link["upstream_upstream_health"] == "old")
            #expect(link["configured"] == nil)
            #expect(link["upstream_configured"] == "perhaps")
            #expect(link["data"] == [])
        }
    }

    @Test(arguments: [
        ("", ["a", "b", "c", "e"]),
        ("cluster_id=lkc-1", ["a", "b", "c"]),
        ("cluster_id=lkc-1,lkc-2", ["a", "b", "c", "e"]),
        ("cluster_id=none", []),
        ("link_name=a,c,zzz", ["a", "c"]),
        ("cluster_link_id=id-b,id-e", ["b", "e"]),
        ("health=error", ["b"]),
        ("health=ok,error&cluster_id=lkc-1", ["a", "b", "c"]),
        ("last_known_health=error", ["b"]),
        ("health=unknown", []),
        ("link_state=ACTIVE,PAUSED", ["a", "c"]),
        ("link_state=", ["b", "e"]),
        ("link_error=TIMEOUT_ERROR", ["b"]),
        ("link_error=NO_ERROR", ["a", "c", "e"]),
        ("link_error=NO_ERROR,TIMEOUT_ERROR", ["a", "b", "c", "e"]),
        ("remote_cluster_id=lkc-9", ["c"]),
        ("label.env=prod", ["a", "b", "c"]),
        ("label.env=prod,dev", ["a", "b", "c", "e"]),
        ("label.env=prod&label.team=x", []),
        ("label.team=", ["a", "b", "c", "e"]),
        ("configured=false", ["gone"]),
        ("configured=any", ["a", "b", "c", "e", "gone"]),
        ("configured=any&label.env=old", ["gone"]),
        ("deleted=true", ["d"]),
        ("deleted=any", ["a", "b", "c", "d", "e"]),
        ("deleted=false", ["a", "b", "c", "e"]),
        ("deleted=false&q=SLOW", ["b"]),
        ("q=no%20such%20text", []),
        ("q=topic-of-c", ["c"]),
        ("sort=link_name", ["a", "b", "c", "e"]),
        ("sort=-link_name", ["e", "c", "b", "a"]),
        ("sort=-cluster_id", ["e", "a", "b", "c"]),
        ("sort=link_state&cluster_id=lkc-1", ["b", "a", "c"]),
    ])
    func aFilterShowsExactlyItsLinks(query: String, expected: [String]) async throws {
        try await Self.withFleet { fixture in
            let names = try await fixture.names("/api/v1/links?" + query)
            #expect(names == expected)
        }
    }

    @Test func theListOfAClusterKnowsItsOwnLinksOnly() async throws {
        try await Self.withFleet { fixture in
            for (target, expected) in [
                ("lkc-2/links", ["e"]), ("lkc-1/links?deleted=true", ["d"]), ("lkc-3/links", []),
                ("lkc-3/links?configured=any", ["gone"]),
            ] {
                let names = try await fixture.names("/api/v1/clusters/" + target)
                #expect(names == expected, "\(target)")
            }
            let foreign = try await fixture.get("/api/v1/clusters/lkc-2/links?cluster_id=lkc-2")
            #expect(foreign.problem == "unknown-parameter")
            let unknown = try await fixture.get("/api/v1/clusters/none/links")
            #expect(unknown.problem == "unknown-cluster")
        }
    }

    @Test func aLinkThatIsGoneSaysSinceWhen() async throws {
        try await Self.withFleet { fixture in
            let link = try #require(try await fixture.get("/api/v1/links?deleted=true").items.first)
            #expect(link["deleted_at"] == "2027-01-15T08:01:00.000Z")
            #expect(link["first_observed_at"] == "2027-01-15T08:00:00.000Z")
            #expect(link["health"] == "unknown")
        }
    }

    @Test func ignoranceIsUnknownHealthWithTheLastKnownBeside() async throws {
        try await Self.withFleet { fixture in
            fixture.clock.advance(by: .seconds(180))
            let links = try await fixture.get("/api/v1/links?health=unknown&link_name=a,b").items
            #expect(links.map { $0["last_known_health"] } == ["ok", "error"])
            #expect(links.map { $0["stale"] } == [true, true])
        }
    }

    /// Links a to c on lkc-1, where d went away, e on lkc-2, and one on lkc-3, which left the configuration.
    private static func withFleet(_ body: (APIFixture) async throws -> Void) async throws {
        let clusters = [
            ClusterDescription(id: ClusterID("lkc-1"), name: "one", labels: ["env": "prod"]),
            ClusterDescription(id: ClusterID("lkc-2"), labels: ["env": "dev"]),
            ClusterDescription(id: ClusterID("lkc-3"), labels: ["env": "old"]),
        ]
        try await APIFixture.with(clusters: clusters) { fixture in
            let first = [
                item("a", ["link_state": "ACTIVE", "link_error": "NO_ERROR"]),
                item("b", ["link_error": "TIMEOUT_ERROR", "link_error_message": "it is slow"]),
                item("c", ["link_state": "PAUSED", "remote_cluster_id": "lkc-9", "topic_names": ["topic-of-c"]]),
            ]
            try await fixture.list(first + [item("d")])
            try await fixture.list([item("e")], on: ClusterID("lkc-2"))
            try await fixture.list([item("gone")], on: ClusterID("lkc-3"))
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list(first)
            await fixture.store.configure(Array(clusters.prefix(2)))
            try await body(fixture)
        }
    }
}
