import ClusterLinks
import ConfluentSimulator
import Foundation
import HTTPServing
import Testing

@testable import LinkWatch

/// A running service with a fleet in trouble behind it, asked by the executable as people ask it.
struct AskedService: Sendable {
    let simulator: SimulatorControl
    let live: LiveService
    let folder: String
    /// What is told of the second link: it would command a terminal.
    static let hostile = "red\u{1B}[31m \u{202E}text\nsecond line"
    static let token = "0123456789abcdef-operator"

    /// The first link reports an error, the second one that is hostile; the cluster has the name `orders-eu`.
    static func with(
        tokens: Bool = false,
        configure: (inout Configuration) -> Void = { _ in },
        _ body: (AskedService) async throws -> Void
    ) async throws {
        try await withUpstream(clusters: 2, links: 4) { simulator, address in
            try await withTemporaryFolder { folder in
                var configuration = try Configuration.watching(simulator.fleet.clusterIDs, at: address, in: folder)
                configuration.clusters[0].name = "orders-eu"
                configuration.clusters[0].labels = ["env": "prod"]
                configuration.listen.append(.unix(path: folder + "http.sock"))
                if tokens {
                    try write(token + "\n", to: folder + "token")
                    configuration.auth.tokens = [
                        Configuration.Auth.Token(
                            name: "night-shift",
                            role: .read,
                            token: Secret(file: folder + "token")
                        )
                    ]
                }
                configure(&configuration)
                try await withService(configuration) { live in
                    let asked = AskedService(simulator: simulator, live: live, folder: folder)
                    try await asked.disturb()
                    try await body(asked)
                }
            }
        }
    }

    private func disturb() async throws {
        try simulator.apply(.setError(simulator.address(link: 0), code: "TIMEOUT_ERROR", message: "no answer"))
        try simulator.apply(.setError(simulator.address(link: 1), code: "AUTHENTICATION_ERROR", message: Self.hostile))
        for cluster in simulator.fleet.clusterIDs { _ = try await live.service.pollNow(.init(cluster)) }
        _ = try await live.service.pollNow(.init(simulator.fleet.clusterIDs[0]))
    }

    /// Runs the executable against the service.
    func run(
        _ arguments: String...,
        environment: [String: String] = [:]
    ) async throws -> (ending: LinkWatchProcess.Ending?, output: String, errors: String) {
        try await run(arguments, environment: environment)
    }

    func run(
        _ arguments: [String],
        environment: [String: String] = [:]
    ) async throws -> (ending: LinkWatchProcess.Ending?, output: String, errors: String) {
        let process = try LinkWatchProcess(
            arguments,
            environment: ["LINKWATCH_URL": live.api.base].merging(environment) { $1 }
        )
        let ending = await process.end()
        return (ending, process.output, process.errors)
    }

    /// The same on a terminal of so many columns, whose output stands for both streams.
    func run(columns: Int, _ command: String) async throws -> String {
        let linkwatch = try SpawnedProcess.linkwatch
        let process = try LinkWatchProcess(
            command: [
                "/usr/bin/script", "-qec", "stty cols \(columns) rows 24; exec '\(linkwatch)' \(command)", "/dev/null",
            ],
            environment: [
                "LINKWATCH_URL": live.api.base, "TERM": "xterm", "PATH": "/usr/bin:/bin",
                "SWIFT_BACKTRACE": "enable=no",
            ]
        )
        await process.end()
        return process.output.replacing("\r\n", with: "\n")
    }
}
