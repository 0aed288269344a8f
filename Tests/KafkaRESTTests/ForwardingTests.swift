import ClusterLinks
import Foundation
import KafkaREST
import Testing

struct ForwardingTests {
    private static let secret = "hunter2-marker"
    private static let body = Array(#"{"configs":[{"name":"sasl.jaas.config","value":"\#(secret)"}]}"#.utf8)

    private static func name(_ text: String) throws -> LinkName { try #require(LinkName(text)) }

    private static func request(_ operation: ForwardedRequest.Operation) throws -> ForwardedRequest {
        try ForwardedRequest(operation)
    }

    /// What the client makes of one reply, whatever it is asked.
    private static func outcome(
        _ operation: ForwardedRequest.Operation,
        at url: String,
        _ reply: ScriptedTransport.Reply,
        credentials: Credentials = .none,
        unpack: @escaping Unpack = { _ in nil }
    ) async throws -> (Result<ForwardedAnswer, ForwardFailure>, [TransportRequest]) {
        let transport = ScriptedTransport(url, reply)
        let client = try Fixture.client(transport, credentials: credentials, unpack: unpack)
        let request = try Self.request(operation)
        do throws(ForwardFailure) {
            return (.success(try await client.forward(request)), transport.requests)
        } catch {
            return (.failure(error), transport.requests)
        }
    }

    @Test(arguments: [
        ("orders", "orders"), ("a/b", "a%2Fb"), ("a b", "a%20b"), ("%2F", "%252F"), ("-", "-"), ("...", "..."),
        ("q?#&=+;", "q%3F%23%26%3D%2B%3B"), ("ü😀", "%C3%BC%F0%9F%98%80"), ("%2e%2e", "%252e%252e"),
    ])
    func `names are encoded once, in paths and queries`(text: String, encoded: String) async throws {
        let name = try Self.name(text)
        for (operation, method, url) in [
            (ForwardedRequest.Operation.create(name, body: Self.body), "POST", "?link_name=\(encoded)"),
            (
                .create(name, validateOnly: true, validateLink: false, body: Self.body), "POST",
                "?link_name=\(encoded)&validate_only=true&validate_link=false"
            ),
            (.delete(name), "DELETE", "/\(encoded)"),
            (
                .delete(name, force: true, validateOnly: false), "DELETE",
                "/\(encoded)?force=true&validate_only=false"
            ),
            (.configs(of: name), "GET", "/\(encoded)/configs"), (.mirrors(of: name), "GET", "/\(encoded)/mirrors"),
            (.mirrors(of: nil, status: "a&b"), "GET", "/-/mirrors?mirror_status=a%26b"),
        ] {
            let (result, sent) = try await Self.outcome(operation, at: Fixture.links + url, .body("", status: 204))
            #expect(try result.get().status == 204)
            let request = try #require(sent.first)
            #expect(sent.count == 1 && request.method == method)
            let isCreation = method == "POST"
            #expect(request.body == (isCreation ? Self.body : nil))
            #expect(request.headers.contains(Header("Content-Type", "application/json")) == isCreation)
            #expect(request.headers.contains(Header("Via", "1.1 linkwatch")))
            #expect(request.patience == (method == "GET" ? 1 : 4))
        }
    }

    @Test(arguments: [
        (".", LinkNameFault.dots), ("..", .dots), ("x/../orders-dr", .dots), ("../x", .dots), ("x\\.", .dots),
        ("a\u{0}", .controlCharacter), ("a\r\nb", .controlCharacter),
        ("\u{85}", .controlCharacter), (String(repeating: "ü", count: 513), .tooLong(bytes: 1026)),
    ])
    func `no request is made of a name that may mean something else`(text: String, fault: LinkNameFault) throws {
        let name = try Self.name(text)
        for operation: ForwardedRequest.Operation in [
            .create(name, body: []), .delete(name), .configs(of: name), .mirrors(of: name),
        ] {
            #expect(throws: fault) { try Self.request(operation) }
        }
        for text in [String(repeating: "n", count: 1024), "...", "a/b", "/", "..a/.b/c.."] {
            #expect(try Self.request(.delete(try Self.name(text))).isWrite)
        }
    }

    @Test(arguments: [200, 201, 204, 400, 401, 403, 404, 408, 429, 500, 503])
    func `an answer comes as it is, whatever its status`(status: Int) async throws {
        let page = "<html>\u{0}no JSON at all"
        let headers = [Header("Content-Type", "text/html"), Header("retry-after", "soon"), Header("Location", "x")]
        let (result, _) = try await Self.outcome(
            .delete(try Self.name("a")),
            at: Fixture.links + "/a",
            .body(page, status: status, headers: headers)
        )
        let expected = ForwardedAnswer(
            status: status,
            contentType: "text/html",
            retryAfter: "soon",
            body: Array(page.utf8)
        )
        #expect(try result.get() == expected)
    }

    /// 303 leads to the outcome of what was done, and 302 often means that (RFC 9110 §15.4.3, §15.4.4).
    @Test(arguments: [300, 301, 302, 303, 304, 307, 308, 101, 199, 600, 999])
    func `an answer that leads elsewhere or is none is a failure`(status: Int) async throws {
        let (result, _) = try await Self.outcome(
            .delete(try Self.name("a")),
            at: Fixture.links + "/a",
            .body("", status: status)
        )
        let isRedirect = (300...399).contains(status)
        guard case .failure(let failure) = result else { return #expect(Bool(false), "it was passed on") }
        #expect(failure.reason == (isRedirect ? .redirect : .protocol))
        #expect(failure.mayHaveBeenCarriedOut == ![301, 307, 308].contains(status))
    }

    @Test(arguments: [true, false])
    func `a failure tells whether anything can have come of it`(mayHaveBeenSent: Bool) async throws {
        let (result, sent) = try await Self.outcome(
            .create(try Self.name("a"), body: Self.body),
            at: Fixture.links + "?link_name=a",
            .failure(TransportFailure(reason: "timeout", message: "late", mayHaveBeenSent: mayHaveBeenSent))
        )
        #expect(result == .failure(ForwardFailure(.timeout, message: "late", mayHaveBeenCarriedOut: mayHaveBeenSent)))
        #expect(sent.count == 1, "a write is sent once")
    }

    @Test func `nothing is sent without credentials that were to be read`() async throws {
        struct Unreadable: Error {}
        let (result, sent) = try await Self.outcome(
            .delete(try Self.name("a")),
            at: Fixture.links + "/a",
            .body("", status: 204),
            credentials: .bearer(token: { throw Unreadable() }, identityPool: nil)
        )
        guard case .failure(let failure) = result else { return #expect(Bool(false), "it was sent") }
        #expect(failure.reason == .credentials && !failure.mayHaveBeenCarriedOut)
        #expect(sent.isEmpty)
    }

    @Test func `credentials that a server sends back are taken out, packed or not, and nothing else is`() async throws {
        let bearer = Credentials.bearer(token: { Self.secret }, identityPool: nil)
        let packed: [UInt8] = [0x1F, 0x8B, 1, 2]
        for (reply, plain, expected) in [
            (Array("you sent \(Self.secret)!".utf8), nil, Array("you sent [redacted]!".utf8)),
            (packed, Array("\(Self.secret)".utf8), Array("[redacted]".utf8)), (packed, Array("fine".utf8), packed),
            (packed, nil, packed), ([0xFF, 0x00], nil, [0xFF, 0x00]),
        ] as [([UInt8], [UInt8]?, [UInt8])] {
            let (result, sent) = try await Self.outcome(
                .configs(of: try Self.name("a")),
                at: Fixture.links + "/a/configs",
                .bytes(reply, status: 400),
                credentials: bearer,
                unpack: { _ in plain }
            )
            #expect(try result.get().body == expected)
            #expect(sent.first?.headers.contains(Header("Authorization", "Bearer \(Self.secret)")) == true)
        }
    }

    @Test func `no value shows a body`() async throws {
        let operation = ForwardedRequest.Operation.create(try Self.name("a"), body: Self.body)
        let request = try Self.request(operation)
        let answer = ForwardedAnswer(status: 400, body: Self.body)
        for value in [operation, request, answer, [request], Result<ForwardedAnswer, ForwardFailure>.success(answer)]
            as [Any]
        {
            var dumped = ""
            dump(value, to: &dumped)
            let shown = "\(value) \(String(reflecting: value)) \(dumped) \(Optional(value) as Any)"
            #expect(!shown.contains("hunter") && !shown.contains("104"), "\(shown)")
        }
    }
}
