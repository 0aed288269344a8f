import ConfluentSimulator
import Foundation
import Testing

/// The upstream over real sockets.
struct HTTPUpstreamTests {
    private static let list = "/kafka/v3/clusters/lkc-one/links"

    @Test(arguments: ["/kafka/v3", "/v3"])
    func `a list and a link are served under either prefix, and name their own address`(prefix: String) async throws {
        try await withSimulator { _, client in
            let list = try await client.send("GET", "\(prefix)/clusters/lkc-one/links")
            #expect(list.status == 200)
            #expect(list.fields["content-type"] == "application/json")
            let metadata = try JSONReading.object(list.body)["metadata"] as? [String: Any]
            let address = "http://127.0.0.1:\(client.port)\(prefix)/clusters/lkc-one/links"
            #expect(metadata?["self"] as? String == address)
            let link = try await client.send("GET", "\(prefix)/clusters/lkc-one/links/orders?include_tasks=true")
            #expect((try JSONReading.object(link.body)["tasks"] as? [Any])?.count == 4)
        }
    }

    @Test(arguments: [
        ("GET", "/kafka/v3/clusters/lkc-none/links", 404), ("GET", list + "/none", 404), ("GET", list + "/", 400),
        ("GET", list + "//", 400), ("GET", list + "//configs", 400), ("GET", list + "//mirrors", 400),
        ("GET", list + "/-/mirrors", 200), ("GET", list + "/orders/mirrors", 200),
        ("GET", list + "/orders/configs", 200), ("DELETE", list + "/none", 404), ("DELETE", list + "/", 400),
        ("PUT", list, 405), ("POST", list + "?link_name=orders", 400),
    ])
    func `every path has its status`(method: String, target: String, status: Int) async throws {
        try await withSimulator { _, client in
            let answer = try await client.send(method, target)
            #expect(answer.status == status)
        }
    }

    @Test func `a name with a slash and a blank is one segment`() async throws {
        var fleet = try makeUpstream().fleet
        try fleet.apply(.create("lkc-one", makeLink("a/b c")))
        try await withSimulator(fleet) { _, client in
            let link = try await client.send("GET", Self.list + "/a%2Fb%20c")
            let object = try JSONReading.object(link.body)
            #expect(object["link_name"] as? String == "a/b c")
            let metadata = object["metadata"] as? [String: Any]
            #expect((metadata?["self"] as? String)?.hasSuffix("/links/a%2Fb%20c") == true)
        }
    }

    @Test func `a link is created and deleted over HTTP`() async throws {
        try await withSimulator { _, client in
            let created = try await client.send(
                "POST",
                Self.list + "?link_name=new",
                fields: ["Content-Type": "application/json"],
                body: #"{"source_cluster_id":"lkc-src"}"#
            )
            #expect(created.status == 201)
            #expect(created.body.isEmpty)
            #expect(try await client.send("GET", Self.list + "/new").status == 200)
            #expect(try await client.send("DELETE", Self.list + "/orders").status == 403)
            let deleted = try await client.send("DELETE", Self.list + "/orders?force=true")
            #expect(deleted.status == 204)
            let names = try JSONReading.items(await client.send("GET", Self.list).body).map {
                $0["link_name"] as? String
            }
            #expect(names == ["billing", "new"])
        }
    }

    @Test func `a cluster that demands a credential turns others away with a page`() async throws {
        let credential = SimulatedCredential.bearer(token: "t", identityPool: "pool-1")
        try await withSimulator(makeUpstream(credential: credential).fleet) { _, client in
            let refused = try await client.send("GET", Self.list)
            #expect(refused.status == 401)
            #expect(refused.fields["content-type"]?.hasPrefix("text/html") == true)
            let fields = ["Authorization": "Bearer t", "Confluent-Identity-Pool-Id": "pool-1"]
            #expect(try await client.send("GET", Self.list, fields: fields).status == 200)
        }
    }
}
