import Foundation
import Testing

/// The README's commands as somebody pastes them into a shell.
@Suite(.timeLimit(.minutes(2)))
struct ReadmeLifeTests {
    @Test func `a link is created, seen, in error and deleted by the README's commands`() async throws {
        let section = try #require(try Repository.text("README.md").split(separator: "## A link's life\n").last)
        let script = try #require(section.firstMatch(of: /```sh\n((?:.|\n)*?)```/)?.output.1)
        let (simulator, service) = (try Self.quietPort(), try Self.quietPort())
        try await withTemporaryFolder { folder in
            // Its ports may be taken on this machine; nothing else of it is changed.
            let commands = script.replacing("127.0.0.1:8090", with: "127.0.0.1:\(simulator)")
                .replacing("poll: {", with: "listen: 127.0.0.1:\(service)\npoll: {")
            let shell = try LinkWatchProcess(
                command: [
                    "/bin/bash", "-c",
                    """
                    set -eu
                    cd "$0"
                    trap 'kill $(jobs -p); wait' EXIT
                    \(commands)
                    """, folder,
                ],
                environment: [
                    "PATH": try SpawnedProcess.folder + ":/usr/bin:/bin", "HOME": folder,
                    "LINKWATCH_URL": "http://127.0.0.1:\(service)", "SWIFT_BACKTRACE": "enable=no",
                ]
            )
            let said = try await with(shell) { shell in
                #expect(await shell.end() == .exit(0), "\(shell.output)\n\(shell.errors)")
                return shell.output
            }
            let lines = said.split(separator: "\n").map { $0.split(separator: /\s{2,}/) }
            for expected in [
                ["orders-eu", "payments-dr", "ok", "ACTIVE"],
                ["orders-eu", "payments-dr", "error", "ACTIVE", "AUTHENTICATION_ERROR"],
                ["payments-dr", "ACTIVE", "AUTHENTICATION_ERROR", "SASL authentication failed"],
            ] {
                #expect(lines.contains { $0.starts(with: expected.map { $0[...] }) }, "\(expected) in \(said)")
            }
            // What is told of the past once it is gone: both versions, and the error with its message.
            let past = try #require(said.split(separator: "payments-dr on orders-eu: deleted").last)
            #expect(past.contains("first seen") && past.contains("link_error, link_error_message"), "\(said)")
            #expect(past.components(separatedBy: "SASL authentication failed").count == 3, "\(said)")
            let kept = try Data(contentsOf: URL(filePath: folder + "linkwatch.db"))
            #expect(kept.range(of: Data("PlainLoginModule".utf8)) == nil)
        }
    }

    /// A port that nobody listens on now, below those that the system gives to connections.
    private static func quietPort() throws -> UInt16 {
        for _ in 0..<100 {
            if let port = try? ListeningPort("127.0.0.1", port: .random(in: 20_000..<30_000)).port { return port }
        }
        throw POSIXError(.EADDRINUSE)
    }
}
