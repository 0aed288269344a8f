import ClusterLinks
import Testing

@testable import KafkaREST

struct SecrecyTests {
    static let secret = "correct-horse-battery"
    static let pair = "a2V5OmNvcnJlY3QtaG9yc2UtYmF0dGVyeQ=="
    static let credentials: [Credentials] = [
        .basic(username: "key", password: { secret }), .bearer(token: { secret }, identityPool: "pool-1"),
    ]

    /// Everything that printing, debugging and reflection show of a value.
    private static func shown(_ value: some Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return "\(value) \(String(reflecting: value)) \(dumped) \([value]) \(Optional(value) as Any)"
    }

    private static func isClean(_ text: String) -> Bool { !text.contains(secret) && !text.contains(pair) }

    @Test(arguments: [0, 1]) func noValueShowsWhatItCarries(kind: Int) async throws {
        let credentials = Self.credentials[kind]
        let transport = ScriptedTransport(Fixture.links, .body(Fixture.page("")))
        let client = try Fixture.client(transport, credentials: credentials)
        let authorization = try await Authorization(credentials)
        let answer = try await client.answer(from: Fixture.links)
        let request = try #require(transport.requests.first)
        #expect(request.headers.contains { $0.value.contains(Self.secret) || $0.value.contains(Self.pair) })
        #expect(Self.isClean(Self.shown(credentials)))
        #expect(Self.isClean(Self.shown(authorization)))
        #expect(Self.isClean(Self.shown(authorization.secrets)))
        #expect(Self.isClean(Self.shown(authorization.headers)))
        #expect(Self.isClean(Self.shown(client)))
        #expect(Self.isClean(Self.shown(answer)))
        #expect(Self.isClean(Self.shown(request)))
        #expect(Self.isClean(Self.shown(TransportRequest(url: "https://h", body: Array(Self.secret.utf8)))))
        #expect(
            Self.isClean(Self.shown(TransportResponse(status: 200, headers: request.headers, body: [])))
        )
    }

    @Test(arguments: [
        (
            500,
            #"{"error_code":500,"message":"bad credentials correct-horse-battery, sent as a2V5OmNvcnJlY3QtaG9yc2UtYmF0dGVyeQ=="}"#
        ),
        (401, "<title>correct-horse-battery</title>"), (403, "who is correct-horse-battery?"),
        (200, "<p>correct-horse-battery</p>"),
        (200, #"{"error_code":1,"message":"correct-horse-battery"}"#),
        (500, String(repeating: "x", count: 480) + " correct-horse-battery correct-horse-battery"),
    ])
    func anUpstreamThatEchoesASecretIsNotQuoted(status: Int, body: String) async throws {
        for credentials in Self.credentials {
            let failure = try await Fixture.failure(.body(body, status: status), credentials: credentials)
            #expect(!failure.message.contains("correct-h") && !Self.shown(failure).contains("correct-h"))
        }
        let basic = try await Fixture.failure(.body(body, status: status), credentials: Self.credentials[0])
        #expect(Self.isClean(Self.shown(basic)))
    }

    @Test func aTransportThatQuotesASecretIsNotQuoted() async throws {
        let failure = try await Fixture.failure(
            .failure(TransportFailure(reason: "tls", message: "with correct-horse-battery")),
            credentials: Self.credentials[0]
        )
        #expect(failure.message == "with [redacted]")
    }

    @Test func aSecretOfAFewLettersDoesNotSpoilWords() async throws {
        let failure = try await Fixture.failure(
            .body(#"{"message":"an apple"}"#, status: 500),
            credentials: .basic(username: "u", password: { "a" })
        )
        #expect(failure.message == "an apple")
    }
}
