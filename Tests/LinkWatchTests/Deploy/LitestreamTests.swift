import ConfluentSimulator
import ExactJSON
import Foundation
import GRDB
import Testing

@testable import LinkWatch

/// A running service under Litestream with the shipped configuration: what is restored is sound and as late as it can be.
///
/// Debian has no package of Litestream; where one is on the path, or named by `LITESTREAM`, it is run.
@Suite(.timeLimit(.minutes(3)), .enabled(if: Litestream.path != nil, "there is no litestream here"))
struct LitestreamTests {
    @Test func `what is restored is sound and has everything that was synchronised`() async throws {
        try await withReplicated { simulator, replicated in
            try await withLinkWatch("serve", "--config", replicated.configuration) { service in
                _ = try #require(await service.text(after: "http.address=", on: .error), "\(service.errors)")
                try await replicated.replicate { litestream in
                    _ = await litestream.text(after: "replicating to", on: .output)
                    try await replicated.disturb(simulator)
                    service.send(SIGTERM)
                    #expect(await service.end() == .exit(0))
                    // A signal lets Litestream send what is left.
                    litestream.send(SIGTERM)
                    #expect(await litestream.end() == .exit(0), "\(litestream.output)")
                }
            }
            try await replicated.restore()
            #expect(try replicated.sequence(of: replicated.restored) == replicated.sequence(of: replicated.database))
            try await replicated.expectSound()
        }
    }

    @Test func `a service that is killed is restored as of a whole change`() async throws {
        try await withReplicated { simulator, replicated in
            try await replicated.firstLife()
            try await replicated.replicate { litestream in
                try await withLinkWatch("serve", "--config", replicated.configuration) { service in
                    _ = try #require(await service.text(after: "http.address=", on: .error), "\(service.errors)")
                    try await replicated.disturb(simulator)
                    service.send(SIGKILL)
                    await service.end()
                }
                litestream.send(SIGKILL)
                await litestream.end()
            }
            try await replicated.restore()
            let (restored, lost) = (
                try replicated.sequence(of: replicated.restored), try replicated.sequence(of: replicated.database)
            )
            #expect(restored <= lost && restored > 0)
            try await replicated.expectSound()
            // The next service goes on from there.
            try write(replicated.yaml(database: replicated.restored), to: replicated.configuration)
            try await replicated.firstLife()
            try await replicated.expectSound()
        }
    }

    private func withReplicated(_ body: (SimulatorControl, Replicated) async throws -> Void) async throws {
        try await withUpstream(clusters: 3, links: 4) { simulator, base in
            try await withTemporaryFolder { folder in
                let replicated = Replicated(
                    folder: try #require(realpath(folder)) + "/",
                    base: base,
                    clusters: simulator.fleet.clusterIDs
                )
                try write(replicated.yaml(database: replicated.database), to: replicated.configuration)
                try await body(simulator, replicated)
            }
        }
    }

    private func realpath(_ path: String) -> String? {
        guard let found = Foundation.realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }
}

/// A folder with a database that a service writes and Litestream copies.
private struct Replicated {
    let folder: String
    let base: String
    let clusters: [String]

    var configuration: String { folder + "linkwatch.yaml" }
    var database: String { folder + "linkwatch.db" }
    var restored: String { folder + "restored.db" }

    private var environment: [String: String] {
        ["LINKWATCH_DATABASE": database, "LINKWATCH_REPLICA_URL": "file://\(folder)replica"]
    }

    func yaml(database: String) -> String {
        """
        listen: 127.0.0.1:0
        database: \(database)
        poll: { interval: 50ms, timeout: 50ms, stale_after: 1h, tasks: false }
        clusters:
        \(clusters.map { "  - { id: \($0), endpoint: \(base), poll: { timeout: 50ms } }" }.joined(separator: "\n"))

        """
    }

    /// Starts and stops the service once, so that there is a database.
    func firstLife() async throws {
        try await withLinkWatch("serve", "--config", configuration) { service in
            _ = try #require(await service.text(after: "http.address=", on: .error), "\(service.errors)")
            service.send(SIGTERM)
            #expect(await service.end() == .exit(0))
        }
    }

    func replicate(_ body: (LinkWatchProcess) async throws -> Void) async throws {
        try await with(try litestream("replicate"), body)
    }

    func restore() async throws {
        let process = try litestream("restore", "-integrity-check", "full", "-o", restored, database)
        #expect(await process.end() == .exit(0), "\(process.output)\(process.errors)")
    }

    private func litestream(_ command: String, _ arguments: String...) throws -> LinkWatchProcess {
        let configuration = LitestreamConfigurationTests.file.path
        return try LinkWatchProcess(
            command: [try #require(Litestream.path), command, "-config", configuration] + arguments,
            environment: environment
        )
    }

    /// Lets every cluster's links change over and over, until each was listed again often enough.
    func disturb(_ simulator: SimulatorControl) async throws {
        for round in 0..<20 {
            for (index, id) in clusters.enumerated() {
                let code = round.isMultiple(of: 2) ? "TIMEOUT_ERROR" : "AUTHENTICATION_ERROR"
                try simulator.apply(.setError(simulator.address(cluster: index), code: code, message: "\(round)"))
                let seen = simulator.requests.total(of: id)
                try await simulator.waitForRequests(of: id, atLeast: seen + 2)
            }
        }
    }

    func sequence(of path: String) throws -> Int64 {
        let file = try DatabaseQueue(path: path)
        defer { try? file.close() }
        return try file.read { try Int64.fetchOne($0, sql: "SELECT max(sequence) FROM changes") } ?? 0
    }

    func expectSound() async throws {
        let verification = try await runLinkWatch("verify", restored)
        #expect(verification.ending == .exit(0), "\(verification.output)\(verification.errors)")
    }
}

/// The program, where there is one.
private enum Litestream {
    static let path: String? = {
        let environment = ProcessInfo.processInfo.environment
        let folders = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/litestream" }
        return ([environment["LITESTREAM"]].compactMap(\.self) + folders).first { access($0, X_OK) == 0 }
    }()
}
