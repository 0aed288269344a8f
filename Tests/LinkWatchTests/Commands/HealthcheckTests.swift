import Foundation
import HTTPServing
import Testing

@testable import LinkWatch

/// `linkwatch healthcheck`, as a container runs it.
@Suite(.timeLimit(.minutes(2)))
struct HealthcheckTests {
    private func check(
        _ arguments: String...,
        environment: [String: String] = [:]
    ) async throws -> (ending: LinkWatchProcess.Ending?, output: String, errors: String) {
        let process = try LinkWatchProcess(["healthcheck"] + arguments, environment: environment)
        let ending = await process.end()
        return (ending, process.output, process.errors)
    }

    @Test func `a live service is live, by its port, its socket and the variable`() async throws {
        try await withTemporaryFolder { folder in
            var configuration = try Configuration.watching([], at: "", in: folder)
            configuration.listen.append(.unix(path: folder + "http.sock"))
            configuration.http.allowedHosts = ["linkwatch.example.org"]
            configuration.auth.tokens = []
            try await withService(configuration) { live in
                for result in [
                    try await check("--url", live.api.base),
                    try await check("--url", live.api.base + "/"),
                    try await check(environment: ["LINKWATCH_URL": live.api.base]),
                    try await check("--url", "unix:\(folder)http.sock", environment: ["LINKWATCH_URL": "nowhere"]),
                    // A proxy is for others.
                    try await check(
                        "--url",
                        "unix:\(folder)http.sock",
                        environment: ["http_proxy": "http://127.0.0.1:1"]
                    ),
                ] {
                    #expect(result == (.exit(0), "live\n", ""))
                }
            }
        }
    }

    @Test func `a service that is not live is told in one sentence`() async throws {
        try await withUpstream { _, base in
            let other = try await check("--url", base)
            #expect(other.ending == .exit(1))
            #expect(other.errors == "linkwatch: not live: \(base) answered /livez with status 404 instead of 200\n")
        }
        let socket = try await check("--url", "unix:/nowhere/http.sock")
        #expect(socket.ending == .exit(1))
        #expect(socket.errors.hasPrefix("linkwatch: not live: connection failed to http://localhost/livez: "))
        // Port 1 of this machine: nobody is there.
        let nobody = try await check("--url", "http://127.0.0.1:1")
        #expect(nobody.ending == .exit(1))
        #expect(nobody.output.isEmpty)
        #expect(nobody.errors.split(separator: "\n").count == 1)
    }

    @Test func `a peer that accepts and says nothing is given up in three seconds`() async throws {
        let silent = try ListeningPort("127.0.0.1")
        let beginning = ContinuousClock.now
        let result = try await check("--url", "http://127.0.0.1:\(silent.port)")
        #expect(result.ending == .exit(1))
        #expect(
            result.errors.contains("not live: timed out: http://127.0.0.1:\(silent.port)/livez"),
            "\(result.errors)"
        )
        #expect(ContinuousClock.now - beginning > .seconds(2))
    }

    @Test(arguments: ["127.0.0.1:8080", "ftp://a", "unix:relative.sock", "http://user:secret@a"])
    func `what is no address is a matter of usage`(_ address: String) async throws {
        let result = try await check("--url", address)
        #expect(result.ending == .exit(64))
        let variable = try await check(environment: ["LINKWATCH_URL": address])
        #expect(variable.ending == .exit(64))
        #expect(!variable.errors.contains("secret"))
    }
}
