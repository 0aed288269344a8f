import CurlHTTP
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// `linkwatch demo` as a person starts it.
@Suite(.timeLimit(.minutes(3)))
struct DemoTests {
    @Test func `the demo lists links at once, shows every health, and its metrics are well-formed`() async throws {
        try await withLinkWatch("demo", "--port", "0") { process in
            let started = ContinuousClock.now
            let address = try #require(await process.text(after: "Open ", on: .output), "\(process.errors)")
            let curl = CurlClient(userAgent: "linkwatch-tests", maximumConnections: 4)
            let api = APIClient(curl: curl, base: String(address.drop { $0 == " " }.dropLast()))
            try await api.awaitAnswer(to: "/api/v1/links", within: .seconds(10)) { !$0.rows.isEmpty }
            #expect(started.duration(to: .now) < .seconds(10))

            var healths: Set<String> = []
            try await api.awaitAnswer(to: "/api/v1/links?limit=1000", within: .seconds(60)) { answer in
                healths.formUnion(answer.rows.compactMap(\.["health"].string))
                return healths.count == 4
            }
            #expect(healths == ["ok", "degraded", "error", "unknown"])
            let metrics = try await api.send("GET", "/metrics")
            try await expectWellFormed(metrics.body)
            await curl.shutdown()
            process.send(SIGTERM)
            #expect(await process.end() == .exit(0))
        }
    }

    /// Asks the tool that Prometheus ships for this.
    private func expectWellFormed(_ metrics: [UInt8]) async throws {
        try await withTemporaryFolder { folder in
            let file = folder + "metrics"
            try Data(metrics).write(to: URL(filePath: file))
            let child = try SpawnedProcess(
                executable: "/bin/sh",
                arguments: ["-c", "command -v promtool >/dev/null || exit 127; promtool check metrics < \"$0\"", file],
                environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"],
                errors: folder + "findings"
            )
            defer {
                close(child.output)
                close(child.error)
            }
            let ending = child.wait()
            #expect(ending != .exit(127), "promtool is missing: apt-get install prometheus")
            let findings = try String(contentsOfFile: folder + "findings", encoding: .utf8)
            #expect(ending == .exit(0), "\(findings)")
        }
    }
}
