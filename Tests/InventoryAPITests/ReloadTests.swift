import ExactJSON
import InventoryAPI
import Testing

struct ReloadTests {
    @Test func aReloadTellsWhatChanged() async throws {
        try await Self.reload { fixture, reload in
            let done = try await reload()
            #expect(done.status == 200)
            #expect(done.json["clusters"] == ["added": ["lkc-2"], "removed": [], "changed": ["lkc-1"]])
            #expect(done.json["awaiting_restart"] == ["listen"])
        }
    }

    @Test func aBadFileIsAnsweredWithEveryProblem() async throws {
        try await Self.reload { fixture, reload in
            fixture.reloading.refuse(.invalid(problems: ["line 3: odd", "line 9: worse"]))
            let refused = try await reload()
            #expect(refused.status == 500)
            #expect(refused.problem == "configuration-refused")
            for problem in ["line 3: odd", "line 9: worse"] { #expect(refused.text.contains(problem)) }
            fixture.reloading.refuse(.noFile)
            let none = try await reload()
            #expect(none.status == 409)
        }
    }

    /// Runs the body with a reload that an administrator asks for.
    private static func reload(
        _ body: (APIFixture, _ reload: () async throws -> Answer) async throws -> Void
    ) async throws {
        let token = AccessPolicy.Token(name: "root", role: .admin) { "secret" }
        try await APIFixture.with(policy: AccessPolicy(tokens: [token])) { fixture in
            try await body(fixture) {
                try await fixture.client.send(
                    "POST",
                    "/-/reload",
                    fields: ["Content-Type": "application/json", "Authorization": "Bearer secret"]
                )
            }
        }
    }
}
