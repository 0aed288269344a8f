import ClusterLinks
import ExactJSON
import Inventory
import InventoryAPI
import Testing

struct ConfluentTests {
    private static let cached = AccessPolicy(publicHost: "cache.example")

    @Test func theListIsConfluentsOwnWithGhostsAndOurAddresses() async throws {
        try await APIFixture.with(policy: Self.cached) { fixture in
            let upstream: JSONObject = ["self": "https://pkc-1.confluent.cloud/kafka/v3/clusters/lkc-1/links/"]
            try await fixture.list([
                item("x/y", ["source_cluster_id": "lkc-9", "metadata": .object(upstream), "weight": 7]),
                [
                    "link_name": "", "link_state": "UNMANAGED_SOURCE", "metadata": .object(upstream),
                    "topic_names": .null,
                ],
            ])
            fixture.clock.advance(by: .milliseconds(12_900))
            let answer = try await fixture.get("/kafka/v3/clusters/lkc-1/links", ["Host": "cache.example:8080"])
            let address = "http://cache.example:8080/kafka/v3/clusters/lkc-1/links"
            let expected: JSONObject = [
                "kind": "KafkaLinkDataList",
                "metadata": ["self": .string(address), "next": .null],
                "data": [
                    [
                        "kind": "KafkaLinkData",
                        "metadata": ["self": .string(address + "/x%2Fy"), "resource_name": .null],
                        "source_cluster_id": "lkc-9", "destination_cluster_id": .null, "remote_cluster_id": .null,
                        "cluster_link_id": "id-x/y", "link_name": "x/y", "topic_names": ["a", "b"], "weight": 7,
                    ],
                    [
                        "link_name": "", "link_state": "UNMANAGED_SOURCE",
                        "metadata": ["self": .string(address), "resource_name": .null], "topic_names": .null,
                    ],
                ],
            ]
            #expect(answer.json == expected)
            #expect(answer.fields["age"] == "12")
            #expect(answer.fields["content-type"] == "application/json")
            let tag = try #require(answer.fields["etag"])
            let unchanged = try await fixture.get(
                "/kafka/v3/clusters/lkc-1/links",
                ["Host": "cache.example:8080", "If-None-Match": tag]
            )
            #expect(unchanged.status == 304)
            #expect(unchanged.fields["age"] == "12")
        }
    }

    @Test func tasksAreThereOnlyWhenAskedFor() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders")])
            let identity = LinkIdentity.id(try #require(ClusterLinkID("id-orders")))
            let tasks: JSONValue = [["task_name": "AclSync", "state": "ACTIVE", "errors": []]]
            await fixture.store.record(
                TaskReading(tasks),
                of: identity,
                on: APIFixture.cluster,
                at: fixture.clock.now()
            )
            let base = "/kafka/v3/clusters/lkc-1/links"
            for (query, expected) in [("", false), ("?include_tasks=false", false), ("?include_tasks=true", true)] {
                let link = try await fixture.get(base + "/orders" + query).json
                #expect((link["tasks"] != nil) == expected)
                let listed = try await fixture.get(base + query).items.first
                #expect((listed?["tasks"] != nil) == expected)
            }
            let link = try await fixture.get("/api/v1/clusters/lkc-1/links/orders").json
            #expect(link["tasks"]?.array?.first?.object?["task_name"] == "AclSync")
        }
    }

    @Test(arguments: [
        ("lkc-1/links", 503, 50302, "Cluster lkc-1 has not been polled successfully yet."),
        ("lkc-1/links/orders", 503, 50302, "Cluster lkc-1 has not been polled successfully yet."),
        ("none/links", 404, 404, "Cluster none cannot be found."),
        ("none/links/orders", 404, 404, "Cluster none cannot be found."),
        ("lkc-2/links/none", 404, 404, "The cluster link doesn't exist."),
        ("lkc-3/links", 404, 404, "Cluster lkc-3 cannot be found."),
        ("lkc-2/links/", 404, 404, "there is no such resource"),
        (
            "lkc-2/links/orders?include_tasks=yes", 400, 40002,
            "include_tasks=yes is not allowed: include_tasks takes true or false"
        ),
        (
            "lkc-2/links?page_size=1", 400, 40002,
            "the query parameter page_size is not known here; known are include_tasks"
        ),
    ])
    func errorsAreConfluents(path: String, status: Int, code: Int, message: String) async throws {
        let clusters = ["lkc-1", "lkc-2", "lkc-3"].map { ClusterDescription(id: ClusterID($0)) }
        try await APIFixture.with(clusters: clusters) { fixture in
            await fixture.fail("timeout")
            try await fixture.list([item("orders")], on: ClusterID("lkc-2"))
            try await fixture.list([item("orders")], on: ClusterID("lkc-3"))
            await fixture.store.configure(Array(clusters.prefix(2)))
            let answer = try await fixture.get("/kafka/v3/clusters/" + path)
            #expect(answer.status == status)
            #expect(answer.json == ["error_code": .int(code), "message": .string(message)])
            #expect(answer.fields["content-type"] == "application/json")
            #expect((answer.fields["retry-after"] != nil) == (status == 503))
        }
    }

    @Test(arguments: [
        ([:], "http"), (["X-Forwarded-Proto": "https"], "https"), (["X-Forwarded-Proto": "HTTPS, http"], "https"),
        (["X-Forwarded-Proto": "http, https"], "http"), (["X-Forwarded-Proto": "javascript"], "http"),
        (["Forwarded": "for=192.0.2.1;proto=https;by=10.0.0.1"], "https"),
        (["Forwarded": "for=\"[2001:db8::1]\"; Proto=\"https\", for=10.0.0.1;proto=http"], "https"),
    ])
    func aProxyOnThisMachineMayEndTLS(fields: [String: String], scheme: String) async throws {
        try await APIFixture.with(policy: Self.cached) { fixture in
            try await fixture.list([item("orders")])
            let fields = fields.merging(["Host": "cache.example"]) { $1 }
            let link = try await fixture.get("/kafka/v3/clusters/lkc-1/links/orders", fields).json
            let address = link["metadata"]?.object?["self"]?.string
            #expect(address == "\(scheme)://cache.example/kafka/v3/clusters/lkc-1/links/orders")
        }
    }

    @Test(arguments: [
        ("/kafka/v3/clusters/lkc-1/links", ["If-Match": "\"other\""], 412),
        ("/kafka/v3/clusters/lkc-1/links", ["Accept-Encoding": "identity;q=0, gzip;q=0"], 406),
        ("/%6bafka/v3/clusters/lkc-1/links/none", [:], 404), ("/kafk%61/none", [:], 404),
    ])
    func errorsAreConfluentsHoweverTheyCome(path: String, fields: [String: String], status: Int) async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders")])
            let answer = try await fixture.get(path, fields)
            #expect(answer.status == status)
            #expect(answer.json["error_code"] == .int(status), "\(answer.text)")
            #expect(answer.json["message"]?.string?.isEmpty == false)
        }
    }

    @Test func anEmptyHostMakesAnAddressAllTheSame() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders")])
            let list = try await fixture.get("/kafka/v3/clusters/lkc-1/links", ["Host": ""])
            let address = list.json["metadata"]?.object?["self"]
            #expect(address == "http://localhost/kafka/v3/clusters/lkc-1/links", "\(list.text)")
        }
    }

    @Test func aRefusalOfTheGateIsInItsShapeToo() async throws {
        let token = AccessPolicy.Token(name: "t", role: .read) { "secret" }
        try await APIFixture.with(policy: AccessPolicy(tokens: [token])) { fixture in
            let answer = try await fixture.get("/kafka/v3/clusters/lkc-1/links")
            #expect(answer.status == 401)
            #expect(answer.json["error_code"] == 40101)
            #expect(answer.fields["www-authenticate"]?.contains("Bearer") == true)
        }
    }
}
