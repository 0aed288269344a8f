import ClusterLinks
import ExactJSON
import Inventory
import Testing

/// `/api/v1/topology` as nodes and edges.
struct TopologyTests {
    @Test func clustersAreNodesAndLinksAreEdges() async throws {
        try await Self.withFleet { fixture in
            let answer = try await fixture.get("/api/v1/topology")
            #expect(answer.status == 200)
            #expect(answer.json.members.map(\.name) == ["at", "nodes", "edges"])
            #expect(answer.json["at"] == .null)
            let nodes = Self.objects(answer, "nodes").map {
                "\(Self.text($0, "id", "title", "subtitle", "polled", "health"))"
            }
            #expect(
                nodes == [
                    "lkc-1|east|lkc-1|true|error", "lkc-2|lkc-2|lkc-2|true|error", "lkc-3|lkc-3|lkc-3|true|ok",
                    "lkc-3?|not told|remote end of lkc-3|false|unknown", "lkc-9|lkc-9|not polled|false|unknown",
                ]
            )
            #expect(
                Self.edges(answer) == [
                    "both lkc-1 lkc-3 bidirectional ok", "in lkc-9 lkc-1 one_way error", "out lkc-1 lkc-2 one_way ok",
                    "initiated lkc-2 lkc-1 one_way error", "untold lkc-3? lkc-3 unknown ok",
                ]
            )
        }
    }

    @Test func anEdgeTellsBothSides() async throws {
        try await Self.withFleet { fixture in
            let edges = Self.objects(try await fixture.get("/api/v1/topology"), "edges")
            let edge = try #require(edges.first { $0["link_name"] == "initiated" })
            #expect(edge["id"] == "lkc-2/i2")
            #expect(edge["joined_by"] == "remote_cluster_id")
            #expect(edge["mainstat"] == "initiated")
            #expect(edge["secondarystat"] == "TIMEOUT_ERROR")
            #expect(edge["color"] == "red")
            #expect(edge["detail__reports"] == "lkc-2: TIMEOUT_ERROR; lkc-1: ok")
            let sides = edge["sides"]?.array?.compactMap(\.object).map {
                Self.text($0, "cluster_id", "direction", "health", "link_error")
            }
            #expect(sides == ["lkc-2|source|error|TIMEOUT_ERROR", "lkc-1|destination|ok|null"])
            let lone = try #require(edges.first { $0["link_name"] == "untold" })
            #expect(lone["direction"] == "unknown")
            #expect(lone["strokeDasharray"] == "4 4")
            #expect(lone["joined_by"] == .null)
            #expect(lone["sides"]?.array?.count == 1)
        }
    }

    /// The fields of Grafana's Node graph, whose parts of a circle have to add up.
    @Test func theFieldsAreThoseOfANodeGraph() async throws {
        try await Self.withFleet { fixture in
            for isStale in [false, true] {
                if isStale { fixture.clock.advance(by: .seconds(180)) }
                let answer = try await fixture.get("/api/v1/topology")
                let (nodes, edges) = (Self.objects(answer, "nodes"), Self.objects(answer, "edges"))
                for node in nodes {
                    #expect(
                        node.members.map(\.name).prefix(10) == [
                            "id", "title", "subtitle", "mainstat", "secondarystat", "color", "arc__ok", "arc__degraded",
                            "arc__error", "arc__unknown",
                        ]
                    )
                    let arcs = node.members.filter { $0.name.hasPrefix("arc__") }.compactMap { Self.number($0.value) }
                    #expect(arcs.count == 4)
                    #expect(abs(arcs.reduce(0, +) - 1) < 1e-9)
                }
                let ids = nodes.compactMap { $0["id"]?.string }
                #expect(Set(ids).count == ids.count)
                for edge in edges {
                    #expect(
                        edge.members.map(\.name).prefix(5) == ["id", "source", "target", "mainstat", "secondarystat"]
                    )
                    #expect(ids.contains(edge["source"]?.string ?? "") && ids.contains(edge["target"]?.string ?? ""))
                    #expect(edge["health"] == (isStale ? "unknown" : edge["health"]))
                }
                #expect(Set(edges.compactMap { $0["id"]?.string }).count == edges.count)
                let first = try #require(nodes.first)
                #expect(first["mainstat"] == "4 links")
                #expect(first["secondarystat"] == (isStale ? "4 unknown" : "1 error"))
                #expect(first["links"]?.object?["total"] == 4)
            }
        }
    }

    @Test(arguments: [
        ("cluster_id=lkc-3", ["both", "untold"], ["lkc-1", "lkc-3", "lkc-3?"]),
        ("cluster_id=lkc-2", ["out", "initiated"], ["lkc-1", "lkc-2"]),
        ("cluster_id=lkc-2,lkc-9", ["in", "out", "initiated"], ["lkc-1", "lkc-2", "lkc-9"]),
        // A cluster that is not polled can be asked for as well, unless by a label.
        ("cluster_id=lkc-9", ["in"], ["lkc-1", "lkc-9"]),
        ("cluster_id=lkc-9&label.env=", [], []),
        ("label.env=prod", ["both", "in", "out", "initiated"], ["lkc-1", "lkc-2", "lkc-3", "lkc-9"]),
        ("label.env=none", [], []), ("cluster_id=none", [], []),
        ("configured=false", ["old"], ["lkc-1", "lkc-4"]),
        ("configured=any&cluster_id=lkc-4", ["old"], ["lkc-1", "lkc-4"]),
        ("cluster_id=lkc-4", [], []),
    ])
    func aFilterShowsWhatTouchesItsClusters(query: String, edges: [String], nodes: [String]) async throws {
        try await Self.withFleet { fixture in
            let answer = try await fixture.get("/api/v1/topology?" + query)
            #expect(Self.objects(answer, "edges").compactMap { $0["link_name"]?.string } == edges)
            #expect(Self.objects(answer, "nodes").compactMap { $0["id"]?.string } == nodes)
        }
    }

    @Test func aClusterWithoutLinksIsANode() async throws {
        try await APIFixture.with { fixture in
            for (expected, arc) in [("unknown", "arc__unknown"), ("ok", "arc__ok")] {
                let node = try #require(Self.objects(try await fixture.get("/api/v1/topology"), "nodes").first)
                #expect(node["health"] == .string(expected))
                #expect(node[arc] == 1)
                #expect(node["mainstat"] == "0 links")
                try await fixture.list([])
            }
        }
    }

    /// Whatever a cluster's id is, and whichever links have none.
    @Test func noTwoNodesOrEdgesHaveOneID() async throws {
        let clusters = ["a", "a?", "a??", "a/b", "b"].map { ClusterDescription(id: ClusterID($0)) }
        try await APIFixture.with(clusters: clusters) { fixture in
            for cluster in clusters {
                try await fixture.list(
                    [
                        ["link_name": "x", "cluster_link_id": "name:y"], ["link_name": "y"], ["link_name": "b/x"],
                        ["link_name": "z", "remote_cluster_id": "a?????"],
                    ],
                    on: cluster.id
                )
            }
            let answer = try await fixture.get("/api/v1/topology")
            for (member, count) in [("nodes", 11), ("edges", 20)] {
                let ids = Self.objects(answer, member).compactMap { $0["id"]?.string }
                #expect(ids.count == count)
                #expect(Set(ids).count == count)
            }
        }
    }

    @Test func itsTagChangesWithTheFleetOnly() async throws {
        try await Self.withFleet { fixture in
            let first = try await fixture.get("/api/v1/topology")
            let tag = try #require(first.fields["etag"])
            fixture.clock.advance(by: .seconds(10))
            await fixture.fail("timeout")
            #expect(try await fixture.get("/api/v1/topology", ["If-None-Match": tag]).status == 304)
            try await fixture.list([])
            let changed = try await fixture.get("/api/v1/topology", ["If-None-Match": tag])
            #expect(changed.status == 200)
            #expect(Self.edges(changed).contains("both lkc-1 lkc-3 bidirectional ok"))
        }
    }

    static func objects(_ answer: Answer, _ member: String) -> [JSONObject] {
        answer.json[member]?.array?.compactMap(\.object) ?? []
    }

    private static func edges(_ answer: Answer) -> [String] {
        objects(answer, "edges").map {
            text($0, "link_name", "source", "target", "direction", "health").replacing("|", with: " ")
        }
    }

    private static func text(_ object: JSONObject, _ names: String...) -> String {
        names.map { name in
            object[name].map { $0.string ?? String(decoding: $0.encoded, as: UTF8.self) } ?? "absent"
        }.joined(separator: "|")
    }

    private static func number(_ value: JSONValue) -> Double? { Double(String(decoding: value.encoded, as: UTF8.self)) }

    /// lkc-1 to lkc-3 are polled, lkc-9 never was, lkc-4 is no more.
    static func withFleet(_ body: (APIFixture) async throws -> Void) async throws {
        let clusters = [
            ClusterDescription(id: ClusterID("lkc-1"), name: "east", labels: ["env": "prod"]),
            ClusterDescription(id: ClusterID("lkc-2")), ClusterDescription(id: ClusterID("lkc-3"), name: ""),
            ClusterDescription(id: ClusterID("lkc-4")),
        ]
        try await APIFixture.with(clusters: clusters) { fixture in
            let here: JSONObject = ["cluster_link_id": "i1", "source_cluster_id": "lkc-2"]
            try await fixture.list([
                item("initiated", here), item("both", ["cluster_link_id": "b1", "remote_cluster_id": "lkc-3"]),
                item("in", ["source_cluster_id": "lkc-9", "link_state": "FAILED"]),
                item("out", ["destination_cluster_id": "lkc-2"]),
            ])
            let there: JSONObject = [
                "cluster_link_id": "i2", "destination_cluster_id": "lkc-1", "link_error": "TIMEOUT_ERROR",
            ]
            try await fixture.list([item("initiated", there)], on: ClusterID("lkc-2"))
            try await fixture.list(
                [item("both", ["cluster_link_id": "b3", "remote_cluster_id": "lkc-1"]), item("untold")],
                on: ClusterID("lkc-3")
            )
            try await fixture.list([item("old", ["destination_cluster_id": "lkc-1"])], on: ClusterID("lkc-4"))
            await fixture.store.configure(Array(clusters.prefix(3)))
            try await body(fixture)
        }
    }
}
