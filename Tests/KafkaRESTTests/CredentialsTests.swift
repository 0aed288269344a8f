import ClusterLinks
import KafkaREST
import Locking
import Testing

struct CredentialsTests {
    struct Unreadable: Error, CustomStringConvertible {
        let description = "no such file: /run/keys/orders"
    }

    private static func headers(_ credentials: Credentials) async throws -> [Header] {
        let transport = ScriptedTransport(Fixture.links, .body(Fixture.page("")))
        _ = try await Fixture.client(transport, credentials: credentials).links()
        return try #require(transport.requests.first).headers.filter { $0.name != "Accept" }
    }

    @Test func noneSendsNothing() async throws {
        #expect(try await Self.headers(.none).isEmpty)
    }

    /// The example of RFC 7617 §2, and that of §2.1 in UTF-8.
    @Test(arguments: [
        ("Aladdin", "open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), ("test", "123£", "dGVzdDoxMjPCow=="),
        ("test", "123£\n", "dGVzdDoxMjPCow=="), ("test", "123£\r\n", "dGVzdDoxMjPCow=="), ("", "a:b", "OmE6Yg=="),
    ])
    func basicSendsNameAndPassword(name: String, password: String, encoded: String) async throws {
        let headers = try await Self.headers(.basic(username: name, password: { password }))
        #expect(headers == [Header("Authorization", "Basic \(encoded)")])
    }

    @Test func bearerSendsTokenAndPool() async throws {
        let token: SecretSource = { "ey.J-0_~+/=\n" }
        #expect(
            try await Self.headers(.bearer(token: token, identityPool: "pool-7")) == [
                Header("Authorization", "Bearer ey.J-0_~+/="), Header("Confluent-Identity-Pool-Id", "pool-7"),
            ]
        )
        #expect(
            try await Self.headers(.bearer(token: token, identityPool: nil)) == [
                Header("Authorization", "Bearer ey.J-0_~+/=")
            ]
        )
    }

    @Test func aSecretIsReadAnewForEachRequest() async throws {
        let reads = Locked(0)
        let transport = ScriptedTransport(Fixture.links, .body(Fixture.page("")))
        let client = try Fixture.client(
            transport,
            credentials: .bearer(
                token: {
                    reads.withLock { count in
                        count += 1; return "token-\(count)"
                    }
                },
                identityPool: nil
            )
        )
        _ = try await client.links()
        _ = try await client.links()
        #expect(
            transport.requests.flatMap(\.headers).map(\.value).filter { $0.hasPrefix("Bearer") }
                == ["Bearer token-1", "Bearer token-2"]
        )
    }

    @Test(arguments: [
        (
            Credentials.basic(username: "u", password: { throw Unreadable() }),
            "the password could not be read: no such file"
        ),
        (.bearer(token: { throw Unreadable() }, identityPool: nil), "the token could not be read: no such file"),
        (.basic(username: "u", password: { "" }), "the password is empty"),
        (.bearer(token: { "\n" }, identityPool: nil), "the token is empty"),
        (.basic(username: "a:b", password: { "hunter2" }), "colon"),
        (.basic(username: "u\n", password: { "hunter2" }), "control"),
        (.basic(username: "u", password: { "hunter2\r\nX: y" }), "control"),
        (.bearer(token: { "hunter2\r\nX: y" }, identityPool: nil), "no header can carry"),
        (.bearer(token: { "hunter2 hunter2" }, identityPool: nil), "no header can carry"),
        (.bearer(token: { "hunter2" }, identityPool: "pool\n"), "no header can carry"),
    ])
    func aSecretThatCannotBeSentFailsBeforeAnythingIs(credentials: Credentials, message: String) async throws {
        let transport = ScriptedTransport(Fixture.links, .body(Fixture.page("")))
        let failure = try #require(await Fixture.client(transport, credentials: credentials).listFailure())
        #expect(failure.reason == .credentials && failure.httpStatus == nil)
        #expect(failure.message.contains(message) && !failure.message.contains("hunter2"))
        #expect(transport.requests.isEmpty)
    }

    @Test func readingASecretCanBeCancelled() async throws {
        let transport = ScriptedTransport(Fixture.links, .body(Fixture.page("")))
        let client = try Fixture.client(
            transport,
            credentials: .bearer(token: { throw CancellationError() }, identityPool: nil)
        )
        #expect(await client.listFailure()?.reason == .cancelled)
    }
}
