import HTTPServing
import HTTPTypes
import Testing

/// What pages of other origins may read, and what browsers are told before they ask (WHATWG Fetch, "CORS protocol").
@Suite(.timeLimit(.minutes(1))) struct CrossOriginTests {
    private static let crossOrigin = CrossOrigin(
        origins: ["https://ui.example", "http://ui.example:8080", "null"],
        requestFields: [.authorization, .contentType],
        exposedFields: [.eTag, .retryAfter]
    )

    private static let same = Route.immediate("/same") { _ in
        .representation(Representation(contentType: "text/plain", body: Array("same".utf8), etag: "v1"))
    }
    private static let broken = Route.immediate("/broken") { _ in throw Problem(status: .conflict, detail: "no") }

    private static func request(_ method: String, _ path: String, _ fields: [String]) -> String {
        (["\(method) \(path) HTTP/1.1", "Host: x"] + fields + ["", ""]).joined(separator: "\r\n")
    }

    @Test(arguments: [
        ("/hello", [], 200), ("/same", [], 200), ("/same", ["If-None-Match: \"v1\""], 304),
        ("/same", ["If-Match: \"v0\""], 412), ("/nowhere", [], 404), ("/broken", [], 409), ("/events", [], 200),
    ])
    func `every answer names the origin that asked`(path: String, fields: [String], status: Int) async throws {
        let events = Route.immediate("/events") { _ in .events { try await $0.send(comment: "") } }
        try await withServer([.hello, Self.same, Self.broken, events], crossOrigin: Self.crossOrigin) { server in
            for origin in ["https://ui.example", "http://ui.example:8080"] {
                let client = try await server.connect()
                let answer = try await client.ask(Self.request("GET", path, fields + ["Origin: \(origin)"]))
                #expect(answer.status == status)
                #expect(answer["access-control-allow-origin"] == origin)
                #expect(answer["access-control-expose-headers"] == "ETag, Retry-After")
                #expect(answer.fields.contains { $0.name.lowercased() == "vary" && $0.value == "Origin" })
                #expect(answer["access-control-allow-credentials"] == nil)
            }
        }
    }

    @Test(arguments: [
        "https://ui.example:443", "https://UI.example", "http://ui.example", "https://ui.example.evil", "null", "*",
        "https://ui.example/", "https://ui.example, https://ui.example",
    ])
    func `an origin that is not one of them to the byte is named to nobody`(origin: String) async throws {
        try await withServer([.hello], crossOrigin: Self.crossOrigin) { server in
            let client = try await server.connect()
            for fields in [["Origin: \(origin)"], []] {
                for method in ["GET", "OPTIONS"] {
                    let fields = fields + ["Access-Control-Request-Method: GET"]
                    let answer = try await client.ask(Self.request(method, "/hello", fields))
                    #expect(answer["access-control-allow-origin"] == nil)
                    #expect(answer["access-control-allow-methods"] == nil)
                    #expect(answer["vary"] == "Origin")
                }
            }
        }
    }

    @Test func `a browser that asks before it sends needs to pass no gate, whoever else asks does`() async throws {
        let gate: RequestGate = { _ in throw Problem(status: .unauthorized, detail: "no token") }
        let routes = [Route.hello, .echo].map { $0.behind(gate) }
        try await withServer(routes, unmatchedGate: gate, crossOrigin: Self.crossOrigin) { server in
            let client = try await server.connect()
            let asking = ["Origin: https://ui.example", "Access-Control-Request-Method: POST"]
            let answer = try await client.ask(Self.request("OPTIONS", "/echo", asking))
            #expect(answer.status == 204)
            #expect(answer["access-control-allow-origin"] == "https://ui.example")
            #expect(answer["access-control-allow-methods"] == "OPTIONS, POST")
            #expect(answer["access-control-allow-headers"] == "Authorization, Content-Type")
            #expect(answer["access-control-max-age"] == "600")
            let others = [
                ("OPTIONS", "/echo", []), ("OPTIONS", "/echo", [asking[0]]), ("OPTIONS", "/nowhere", asking),
                ("GET", "/nowhere", []), ("GET", "/echo", []), ("PUT", "/hello", []),
            ]
            for (method, path, fields) in others {
                #expect(try await client.ask(Self.request(method, path, fields)).status == 401, "\(method) \(path)")
            }
        }
    }

    @Test func `nothing is said where no origin is known`() async throws {
        try await withServer([.hello]) { server in
            let client = try await server.connect()
            let answer = try await client.ask(Self.request("GET", "/hello", ["Origin: https://ui.example"]))
            #expect(answer.status == 200)
            #expect(answer["access-control-allow-origin"] == nil && answer["vary"] == nil)
            #expect(answer["x-content-type-options"] == "nosniff")
        }
    }
}
