import ConfluentSimulator
import Foundation
import Testing

/// The control interface over real sockets.
struct HTTPControlTests {
    private static let list = "/kafka/v3/clusters/lkc-one/links"
    private static let control = "/control/v1/clusters/lkc-one"

    @Test func `the manual names every kind of fault and event`() async throws {
        try await withSimulator { _, client in
            let manual = String(decoding: try await client.send("GET", "/control/v1").body, as: UTF8.self)
            for word in ["status", "rate_limit", "paginate", "duplicate", "recreate", "shuffle_topics"] {
                #expect(manual.contains("\"\(word)\""))
            }
        }
    }

    @Test(arguments: [
        (#"{"kind":"status","status":503,"count":1}"#, 503, ""),
        (#"{"kind":"status","status":400,"error_code":7,"message":"m"}"#, 400, #"{"error_code":7,"message":"m"}"#),
        (#"{"kind":"status","status":502,"body":"none","headers":{"Retry-After":"3"}}"#, 502, ""),
        (#"{"kind":"rate_limit"}"#, 429, "<html>"),
        (#"{"kind":"delay","milliseconds":1}"#, 200, ""),
        (#"{"kind":"drip","bytes":1000,"every_milliseconds":1}"#, 200, ""),
        (#"{"kind":"garbage","bytes":10}"#, 200, ""),
        (#"{"kind":"gzip","declared":false}"#, 200, ""),
        (#"{"kind":"oversized","bytes":10000}"#, 200, ""),
        (#"{"kind":"chunked"}"#, 200, ""),
        (#"{"kind":"empty","on":"lists"}"#, 200, ""),
        (#"{"kind":"data","value":null}"#, 200, #""data":null"#),
        (#"{"kind":"item","value":7}"#, 200, ",7]"),
        (#"{"kind":"duplicate","different":true}"#, 200, "PENDING"),
        (#"{"kind":"paginate","size":1,"origin":"http://other:1"}"#, 200, "http://other:1/"),
        (#"{"kind":"body","text":"exact"}"#, 200, "exact"),
    ])
    func `a fault is injected`(fault: String, status: Int, text: String) async throws {
        try await withSimulator { _, client in
            let injected = try await client.send("POST", Self.control + "/faults", body: fault)
            #expect(injected.status == 201)
            #expect(try JSONReading.object(injected.body)["id"] as? Int == 1)
            let answer = try await client.send("GET", Self.list)
            #expect(answer.status == status)
            #expect(text.isEmpty || String(decoding: answer.body, as: UTF8.self).contains(text))
        }
    }

    @Test func `faults are listed, cleared one by one and all at once`() async throws {
        try await withSimulator { _, client in
            for fault in [#"{"kind":"empty"}"#, #"{"kind":"chunked","count":3,"on":"links","link_name":"orders"}"#] {
                _ = try await client.send("POST", Self.control + "/faults", body: fault)
            }
            let listed = try JSONReading.items(await client.send("GET", Self.control + "/faults").body)
            #expect(listed.map { $0["kind"] as? String } == ["empty", "chunked"])
            #expect(listed.last?["count"] as? Int == 3)
            #expect(try await client.send("DELETE", Self.control + "/faults/1").status == 204)
            #expect(try await client.send("DELETE", Self.control + "/faults/1").status == 404)
            #expect(try await client.send("DELETE", Self.control + "/faults").status == 204)
            #expect(try JSONReading.items(await client.send("GET", Self.control + "/faults").body).isEmpty)
        }
    }

    @Test(arguments: [
        (#"{"event":"error","link_error":"NEW_CODE","link_error_message":"m"}"#, "link_error", "NEW_CODE"),
        (#"{"event":"error","link_error":null}"#, "link_error", "NO_ERROR"),
        (#"{"event":"state","link_state":"UNAVAILABLE"}"#, "link_state", "UNAVAILABLE"),
        (#"{"event":"field","name":"brand_new","value":"yes"}"#, "brand_new", "yes"),
        (#"{"event":"recover"}"#, "link_state", "ACTIVE"),
    ])
    func `an event changes a link`(event: String, field: String, value: String) async throws {
        try await withSimulator { _, client in
            let applied = try await client.send("POST", Self.control + "/links/orders/events", body: event)
            #expect(applied.status == 204)
            let link = try JSONReading.object(await client.send("GET", Self.list + "/orders").body)
            #expect(link[field] as? String == value)
        }
    }

    @Test func `tasks fail, topics change, links are recreated and deleted`() async throws {
        try await withSimulator { _, client in
            func apply(_ event: String) async throws {
                let applied = try await client.send("POST", Self.control + "/links/orders/events", body: event)
                #expect(applied.status == 204)
            }
            func link() async throws -> [String: Any] {
                try JSONReading.object(await client.send("GET", Self.list + "/orders?include_tasks=true").body)
            }
            let id = try await link()["cluster_link_id"] as? String
            try await apply(#"{"event":"task","task_name":"AclSync","error_code":"X","error_message":"m"}"#)
            let tasks = try await link()["tasks"] as? [[String: Any]]
            #expect(tasks?.first?["state"] as? String == "IN_ERROR")
            try await apply(#"{"event":"topics","topic_names":["z","y"]}"#)
            try await apply(#"{"event":"shuffle_topics"}"#)
            #expect(try await link()["topic_names"] as? [String] == ["y", "z"])
            try await apply(#"{"event":"recreate"}"#)
            #expect(try await link()["cluster_link_id"] as? String != id)
            try await apply(#"{"event":"delete"}"#)
            #expect(try await client.send("GET", Self.list + "/orders").status == 404)
        }
    }

    @Test func `clusters are added with their links, demand credentials, list ghosts and go`() async throws {
        try await withSimulator { _, client in
            let added = try await client.send(
                "POST",
                "/control/v1/clusters",
                body: #"{"cluster_id":"lkc-new","links":3,"basic":{"username":"u","password":"p"}}"#
            )
            #expect(added.status == 201)
            #expect(!String(decoding: added.body, as: UTF8.self).contains("password"))
            let list = "/kafka/v3/clusters/lkc-new/links"
            #expect(try await client.send("GET", list).status == 401)
            _ = try await client.send("PUT", "/control/v1/clusters/lkc-new/credential", body: "{}")
            _ = try await client.send("POST", "/control/v1/clusters/lkc-new/ghosts", body: #"{"add":2}"#)
            _ = try await client.send(
                "POST",
                "/control/v1/clusters/lkc-new/links",
                body: #"{"link_name":"made","topic_names":["t"]}"#
            )
            #expect(try JSONReading.items(await client.send("GET", list).body).count == 6)
            let clusters = try JSONReading.items(await client.send("GET", "/control/v1/clusters").body)
            #expect(clusters.map { $0["cluster_id"] as? String } == ["lkc-one", "lkc-new"])
            #expect(try await client.send("DELETE", "/control/v1/clusters/lkc-new").status == 204)
            #expect(try await client.send("GET", list).status == 404)
        }
    }

    @Test func `a list answers with exactly the bytes it was given`() async throws {
        try await withSimulator { _, client in
            let body = #" {"data" : [ ] } "#
            let set = try await client.send(
                "PUT",
                Self.control + "/list-body",
                fields: ["Content-Type": "application/json"],
                body: body
            )
            #expect(set.status == 204)
            #expect(try await client.send("GET", Self.list).body == Array(body.utf8))
            #expect(try await client.send("GET", Self.list + "/orders").status == 200)
        }
    }

    @Test func `requests are told by cluster and path`() async throws {
        try await withSimulator { _, client in
            for _ in 0..<3 { _ = try await client.send("GET", Self.list) }
            _ = try await client.send("GET", Self.list + "/orders")
            let counts = try JSONReading.items(await client.send("GET", "/control/v1/requests?cluster_id=lkc-one").body)
            #expect(counts.map { $0["path"] as? String } == ["/links", "/links/orders"])
            #expect(counts.map { $0["count"] as? Int } == [3, 1])
            _ = try await client.send("DELETE", "/control/v1/requests")
            #expect(try JSONReading.items(await client.send("GET", "/control/v1/requests").body).isEmpty)
        }
    }

    @Test func `what is created slowly can be settled`() async throws {
        try await withSimulator { _, client in
            _ = try await client.send("PUT", "/control/v1/timing", body: #"{"creation_milliseconds":3600000}"#)
            let target = Self.list + "?link_name=new"
            #expect(try await client.send("POST", target, body: #"{"source_cluster_id":"lkc-s"}"#).status == 201)
            #expect(try await client.send("GET", Self.list + "/new").status == 404)
            _ = try await client.send("POST", "/control/v1/settle")
            #expect(try await client.send("GET", Self.list + "/new").status == 200)
        }
    }

    @Test(arguments: [
        ("POST", "/clusters/lkc-one/faults", "{", 400, "JSON"),
        ("POST", "/clusters/lkc-one/faults", "[]", 400, "an object"),
        ("POST", "/clusters/lkc-one/faults", #"{"kind":"stauts"}"#, 400, "rate_limit"),
        ("POST", "/clusters/lkc-one/faults", #"{"kind":"empty","cuont":1}"#, 400, "cuont"),
        ("POST", "/clusters/lkc-one/faults", #"{"kind":"empty","count":0}"#, 400, "at least 1"),
        ("POST", "/clusters/lkc-one/faults", #"{"kind":"status","status":99}"#, 400, "200 to 599"),
        ("POST", "/clusters/lkc-one/faults", #"{"kind":"status","status":500,"headers":{"a b":"c"}}"#, 400, "a b"),
        ("POST", "/clusters/none/faults", #"{"kind":"empty"}"#, 404, "none"),
        ("POST", "/clusters/lkc-one/links/none/events", #"{"event":"recover"}"#, 404, "none"),
        ("POST", "/clusters/lkc-one/links/orders/events", #"{"event":"explode"}"#, 400, "recreate"),
        ("POST", "/clusters/lkc-one/links/orders/events", #"{"event":"task","task_name":"T"}"#, 404, "AclSync"),
        ("POST", "/clusters/lkc-one/links", #"{"link_name":"orders"}"#, 409, "orders"),
        ("POST", "/clusters", #"{"cluster_id":"lkc-one"}"#, 409, "lkc-one"),
        ("DELETE", "/clusters/lkc-one/faults/x", "", 400, "a number"),
    ])
    func `a wrong request is told what would be right`(
        method: String,
        path: String,
        body: String,
        status: Int,
        hint: String
    ) async throws {
        try await withSimulator { _, client in
            let refused = try await client.send(method, "/control/v1" + path, body: body)
            #expect(refused.status == status)
            let detail = try JSONReading.object(refused.body)["detail"] as? String
            #expect(detail?.contains(hint) == true, "\(detail ?? "no detail")")
        }
    }
}
