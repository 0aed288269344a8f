import ClusterLinks
import ExactJSON
import Inventory
import Testing

/// Links that are two sides of one: `/api/v1/links/pairs`, and the counterpart of every link.
struct PairTests {
    private static let clusters = [
        ClusterDescription(id: ClusterID("lkc-1"), name: "east", labels: ["env": "prod"]),
        ClusterDescription(id: ClusterID("lkc-2"), labels: ["env": "dev"]),
        ClusterDescription(id: ClusterID("lkc-3")),
    ]

    @Test func bothSidesAreShownWithWhatTheyDisagreeAbout() async throws {
        try await Self.withFleet { fixture in
            let answer = try await fixture.get("/api/v1/links/pairs")
            #expect(answer.status == 200)
            let pairs = answer.items
            #expect(pairs.map { $0["link_name"] } == ["both", "same", "initiated"])
            let same = try #require(pairs.dropFirst().first)
            #expect(same["cluster_link_id"] == "id-same")
            #expect(same["joined_by"] == "cluster_link_id")
            #expect(same["agree"] == true)
            #expect(same["differences"] == [:])
            #expect(same["errors_reported_by"] == [])
            let initiated = try #require(pairs.last)
            #expect(
                initiated.members.map(\.name) == [
                    "link_name", "cluster_link_id", "joined_by", "agree", "differences", "errors_reported_by", "sides",
                ]
            )
            #expect(initiated["cluster_link_id"] == .null)
            #expect(initiated["joined_by"] == "remote_cluster_id")
            #expect(initiated["agree"] == false)
            #expect(
                initiated["differences"] == [
                    "link_state": ["lkc-2": "FAILED", "lkc-1": "ACTIVE"],
                    "link_error": ["lkc-2": "TIMEOUT_ERROR", "lkc-1": .null],
                    "health": ["lkc-2": "error", "lkc-1": "ok"],
                ]
            )
            #expect(initiated["errors_reported_by"] == ["lkc-2"])
        }
    }

    @Test func aSideIsTheWholeLinkAndTheSourceComesFirst() async throws {
        try await Self.withFleet { fixture in
            for pair in try await fixture.get("/api/v1/links/pairs").items {
                let sides = pair["sides"]?.array?.compactMap(\.object) ?? []
                #expect(sides.count == 2)
                for side in sides {
                    let cluster = side["cluster_id"]?.string ?? ""
                    let name = side["link_name"]?.string ?? ""
                    let link = try await fixture.get("/api/v1/clusters/\(cluster)/links/\(name)").json
                    #expect(side == link)
                }
            }
            let last = try await fixture.get("/api/v1/links/pairs?link_name=initiated").items.first
            #expect(last?["sides"]?.array?.map { $0.object?["direction"] } == ["source", "destination"])
        }
    }

    @Test func everyLinkNamesItsCounterpart() async throws {
        try await Self.withFleet { fixture in
            let links = try await fixture.get("/api/v1/links?deleted=any&configured=any").items
            let named = links.map { link -> String in
                let other = link["counterpart"]?.object
                let names = ["cluster_id", "link_name", "cluster_link_id"].map { other?[$0]?.string ?? "-" }
                return ([link["cluster_id"]?.string ?? "", link["link_name"]?.string ?? ""] + names).joined(
                    separator: " "
                )
            }
            #expect(
                named == [
                    "lkc-1 both lkc-3 both b3", "lkc-1 gone - - -", "lkc-1 initiated lkc-2 initiated i2",
                    "lkc-1 lone - - -",
                    "lkc-1 same lkc-2 same id-same", "lkc-2 gone - - -", "lkc-2 initiated lkc-1 initiated i1",
                    "lkc-2 same lkc-1 same id-same", "lkc-3 both lkc-1 both b1", "lkc-3 gone - - -",
                ]
            )
        }
    }

    @Test(arguments: [
        ("", ["both", "same", "initiated"]), ("cluster_id=lkc-3", ["both"]),
        ("cluster_id=lkc-1,lkc-2", ["both", "same", "initiated"]),
        ("link_name=same,both", ["both", "same"]), ("cluster_link_id=i2", ["initiated"]),
        ("health=error", ["initiated"]),
        ("health=ok", ["both", "same", "initiated"]), ("link_error=TIMEOUT_ERROR", ["initiated"]),
        ("link_state=FAILED&cluster_id=lkc-1", []), ("label.env=dev", ["same", "initiated"]),
        ("label.env=dev&health=ok", ["same"]), ("remote_cluster_id=lkc-3", ["both"]),
        ("q=EAST", ["both", "same", "initiated"]),
        ("agree=false", ["initiated"]), ("agree=true", ["both", "same"]), ("agree=any", ["both", "same", "initiated"]),
        ("configured=false", []), ("configured=any&agree=true&cluster_id=lkc-2", ["same"]), ("link_name=lone", []),
    ])
    func aPairIsShownIfEitherSideIsAdmitted(query: String, expected: [String]) async throws {
        try await Self.withFleet { fixture in
            let names = try await fixture.names("/api/v1/links/pairs?" + query)
            #expect(names == expected)
        }
    }

    @Test func aClusterThatLeftTheConfigurationHasNoSide() async throws {
        try await Self.withFleet { fixture in
            await fixture.store.configure(Array(Self.clusters.prefix(1)) + Array(Self.clusters.suffix(1)))
            let left = try await fixture.names("/api/v1/links/pairs?configured=any")
            #expect(left == ["both"])
            let link = try await fixture.get("/api/v1/clusters/lkc-1/links/same").json
            #expect(link["counterpart"] == .null)
            await fixture.store.configure(Self.clusters)
            let restored = try await fixture.names("/api/v1/links/pairs")
            #expect(restored == ["both", "same", "initiated"])
        }
    }

    /// The fragment of a link that itself did not change is made anew with its counterpart, and with nothing else.
    @Test func aLinkChangesWithItsCounterpartOnly() async throws {
        try await Self.withFleet { fixture in
            let path = "/api/v1/clusters/lkc-1/links/initiated"
            let first = try await fixture.get(path)
            try await Self.listSecond(fixture, [:])
            let error = try await fixture.get(path)
            #expect(error.fields["etag"] == first.fields["etag"])
            #expect(error.fields["linkwatch-sequence"] != first.fields["linkwatch-sequence"])
            try await Self.listSecond(fixture, ["cluster_link_id": "other"])
            let recreated = try await fixture.get(path, ["If-None-Match": first.fields["etag"] ?? ""])
            #expect(recreated.status == 200)
            #expect(recreated.json["counterpart"]?.object?["cluster_link_id"] == "other")
            try await fixture.list([item("same")], on: ClusterID("lkc-2"))
            #expect(try await fixture.get(path).json["counterpart"] == .null)
            try await Self.listSecond(fixture, ["link_state": "FAILED", "link_error": "TIMEOUT_ERROR"])
            #expect(try await fixture.get(path).body == first.body)
            let list = try await fixture.get("/api/v1/clusters/lkc-1/links?link_name=initiated").items
            #expect(list.first == first.json)
        }
    }

    @Test func ignoranceOfOneSideIsNoDisagreement() async throws {
        try await Self.withFleet { fixture in
            fixture.clock.advance(by: .seconds(120))
            try await Self.listSecond(fixture, ["link_state": "FAILED", "link_error": "TIMEOUT_ERROR"])
            fixture.clock.advance(by: .seconds(60))
            let pairs = try await fixture.get("/api/v1/links/pairs?cluster_id=lkc-2").items
            #expect(pairs.map { $0["agree"] } == [true, false])
            let healths = pairs.map { $0["sides"]?.array?.map { $0.object?["health"]?.string } }
            #expect(healths == [["unknown", "ok"], ["error", "unknown"]])
            #expect(pairs.last?["differences"]?.object?.members.map(\.name) == ["link_state", "link_error"])
            #expect(pairs.last?["errors_reported_by"] == ["lkc-2"])
        }
    }

    /// `same` has one id on both clusters, `initiated` and `both` name each other, the rest have no other side.
    private static func withFleet(_ body: (APIFixture) async throws -> Void) async throws {
        try await APIFixture.with(clusters: clusters) { fixture in
            let both: JSONObject = ["remote_cluster_id": "lkc-3", "cluster_link_id": "b1"]
            let first = [
                item("same"), item("lone", ["remote_cluster_id": "lkc-2"]), item("both", both),
                item(
                    "initiated",
                    [
                        "cluster_link_id": "i1", "source_cluster_id": "lkc-2", "link_state": "ACTIVE",
                        "remote_cluster_id": "lkc-2",
                    ]
                ),
            ]
            for cluster in clusters {
                try await fixture.list([item("gone", ["cluster_link_id": .string("g-\(cluster.id)")])], on: cluster.id)
            }
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list(first)
            try await listSecond(fixture, ["link_state": "FAILED", "link_error": "TIMEOUT_ERROR"])
            try await fixture.list(
                [item("both", ["remote_cluster_id": "lkc-1", "cluster_link_id": "b3"])],
                on: ClusterID("lkc-3")
            )
            try await body(fixture)
        }
    }

    private static func listSecond(_ fixture: APIFixture, _ initiated: JSONObject) async throws {
        var side: JSONObject = ["cluster_link_id": "i2", "destination_cluster_id": "lkc-1", "topic_names": []]
        for member in initiated.members { side[member.name] = member.value }
        try await fixture.list([item("same"), item("initiated", side)], on: ClusterID("lkc-2"))
    }
}
