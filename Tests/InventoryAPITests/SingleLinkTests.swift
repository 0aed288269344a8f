import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct SingleLinkTests {
    @Test(arguments: [
        ("x/y", "x%2Fy"), ("two words", "two%20words"), ("..", "%2E%2E"), ("..", ".."), ("schön", "sch%C3%B6n"),
        ("漢字", "%E6%BC%A2%E5%AD%97"), ("a+b", "a+b"), ("50%", "50%25"), ("q?#&", "q%3F%23%26"),
        (String(repeating: "n", count: 300), String(repeating: "n", count: 300)),
    ])
    func anyNameIsReachedAndTellsItsOwnAddress(name: String, segment: String) async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item(name), item("other")])
            for suffix in ["", "/history", "/errors", "/availability", "/evidence"] {
                let answer = try await fixture.get("/api/v1/clusters/lkc-1/links/\(segment)\(suffix)")
                #expect(answer.status == 200, "\(suffix)")
            }
            let link = try await fixture.get("/api/v1/clusters/lkc-1/links/\(segment)").json
            #expect(link["link_name"] == .string(name))
            let address = try #require(link["metadata"]?.object?["self"]?.string)
            let same = try await fixture.get(address)
            #expect(same.json["link_name"] == .string(name))
        }
    }

    @Test func aNameMeansItsNewestListedIncarnationAndAnIdAnyOther() async throws {
        try await APIFixture.with { fixture in
            for id in ["first", "second", "third"] {
                try await fixture.list([item("orders", ["cluster_link_id": .string(id)])])
                fixture.clock.advance(by: .seconds(60))
            }
            let base = "/api/v1/clusters/lkc-1/links/orders"
            let newest = try await fixture.get(base).json
            #expect(newest["cluster_link_id"] == "third")
            let first = try await fixture.get(base + "?cluster_link_id=first").json
            #expect(first["cluster_link_id"] == "first")
            #expect(first["deleted_at"] == "2027-01-15T08:01:00.000Z")
            let third = try await fixture.get(base + "?cluster_link_id=third")
            #expect(third.json["deleted_at"] == nil)
            let history = try await fixture.get(base + "/history").items
            #expect(history.map { $0["cluster_link_id"] } == ["third", "second", "first"])
            let one = try await fixture.get(base + "/history?cluster_link_id=second").items
            #expect(one.map { $0["cluster_link_id"] } == ["second"])
            for suffix in ["", "/history", "/errors", "/availability", "/evidence"] {
                let unknown = try await fixture.get("\(base)\(suffix)?cluster_link_id=fourth")
                #expect(unknown.problem == "unknown-link")
                let empty = try await fixture.get("\(base)\(suffix)?cluster_link_id=")
                #expect(empty.problem == "bad-parameter")
            }
        }
    }

    @Test func whatIsNotThereSaysWhy() async throws {
        let clusters = ["lkc-1", "lkc-2"].map { ClusterDescription(id: ClusterID($0)) }
        try await APIFixture.with(clusters: clusters) { fixture in
            try await fixture.list([item("orders")])
            await fixture.fail("timeout", on: ClusterID("lkc-2"))
            for suffix in ["", "/history", "/errors", "/availability", "/evidence"] {
                for (path, problem) in [
                    ("lkc-1/links/none", "unknown-link"), ("lkc-2/links/none", "not-yet-observed"),
                    ("none/links/none", "unknown-cluster"),
                ] {
                    let answer = try await fixture.get("/api/v1/clusters/\(path)\(suffix)")
                    #expect(answer.status == 404)
                    #expect(answer.problem == problem)
                    #expect(answer.json["instance"] == .string("/api/v1/clusters/\(path)\(suffix)"))
                    #expect(answer.fields["content-type"] == "application/problem+json")
                }
            }
        }
    }
}
