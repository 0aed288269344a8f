import InventoryAPI
import Locking
import Testing

/// Tokens whose files change, vanish or come to say the same while the service runs.
struct TokenFileTests {
    private struct Unreadable: Error, CustomStringConvertible {
        let description = "cannot read it"
    }

    /// What two token files say; nil cannot be read.
    private final class Files: Sendable {
        let texts = Locked<[String?]>(["one", "two"])

        func read(_ index: Int) throws -> String {
            guard let text = texts.withLock({ $0[index] }) else { throw Unreadable() }
            return text
        }

        func set(_ index: Int, _ text: String?) { texts.withLock { $0[index] = text } }
    }

    private static func with(
        _ body: (Files, AccessPolicy, _ status: (String) async -> Int?) async throws -> Void
    ) async throws {
        let files = Files()
        let policy = AccessPolicy(tokens: [
            AccessPolicy.Token(name: "a", role: .read) { try files.read(0) },
            AccessPolicy.Token(name: "b", role: .admin) { try files.read(1) },
        ])
        try await APIFixture.with(policy: policy) { fixture in
            try await body(files, policy) { secret in
                try? await fixture.get("/api/v1/clusters", ["Authorization": "Bearer " + secret]).status
            }
        }
    }

    @Test func aReplacedTokenLetsInAndTheOldOneDoesNot() async throws {
        try await Self.with { files, policy, status in
            #expect(policy.refresh() == [])
            files.set(0, "three")
            #expect(await status("one") == 200, "files are not read for a request")
            #expect(policy.refresh() == [TokenChange(token: "a", kind: .replaced)])
            #expect(policy.refresh() == [])
            #expect(await status("three") == 200)
            #expect(await status("one") == 401)
            #expect(await status("two") == 200)
        }
    }

    @Test func aChangeBeforeTheFirstLookIsToldToo() async throws {
        try await Self.with { files, policy, status in
            files.set(0, "three")
            #expect(policy.refresh() == [TokenChange(token: "a", kind: .replaced)])
            #expect(await status("three") == 200)
        }
    }

    @Test(arguments: [(nil, "cannot read it"), ("", "it is empty"), ("two", "it has the same value as the token b")])
    func aTokenThatIsNoneLetsNobodyInAndIsToldOnce(text: String?, why: String) async throws {
        try await Self.with { files, policy, status in
            files.set(0, text)
            let twins = text == "two"
            let expected =
                [TokenChange(token: "a", kind: .unusable(why: why))]
                + (twins ? [TokenChange(token: "b", kind: .unusable(why: "it has the same value as the token a"))] : [])
            #expect(policy.refresh() == expected)
            #expect(policy.refresh() == [])
            #expect(await status("one") == 401)
            #expect(await status("") == 401)
            #expect(await status("two") == (twins ? 401 : 200))
            files.set(0, "one")
            #expect(policy.refresh() == expected.map { TokenChange(token: $0.token, kind: .usableAgain) })
            #expect(policy.refresh() == [])
            #expect(await status("one") == 200)
            #expect(await status("two") == 200)
        }
    }

    @Test func withoutAnyGoodTokenNobodyIsTakenForAnUser() async throws {
        try await Self.with { files, policy, status in
            for index in 0...1 { files.set(index, nil) }
            #expect(policy.refresh().count == 2)
            for secret in ["one", "two", "", "x"] { #expect(await status(secret) == 401) }
        }
    }

    @Test func whatWasBadFromTheBeginningIsTold() {
        let policy = AccessPolicy(tokens: [AccessPolicy.Token(name: "a", role: .read) { throw Unreadable() }])
        #expect(policy.refresh() == [TokenChange(token: "a", kind: .unusable(why: "cannot read it"))])
        #expect(policy.refresh() == [])
        #expect(AccessPolicy().refresh() == [])
    }
}
