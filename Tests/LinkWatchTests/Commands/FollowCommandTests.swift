import ClusterLinks
import ConfluentSimulator
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// `changes --follow` while the service is killed and started again.
@Suite(.timeLimit(.minutes(3)))
struct FollowCommandTests {
    @Test func `no change is missed and none told twice, through kills of the service`() async throws {
        try await withUpstream(clusters: 1, links: 3) { simulator, base in
            try await withTemporaryFolder { folder in
                let (path, socket) = (folder + "linkwatch.yaml", "unix:\(folder)http.sock")
                try write(
                    """
                    listen: \(socket)
                    database: \(folder)linkwatch.db
                    poll: { interval: 100ms, timeout: 100ms }
                    clusters: [{ id: \(simulator.fleet.clusterIDs[0]), endpoint: '\(base)' }]

                    """,
                    to: path
                )
                var follower: LinkWatchProcess?
                for round in 0..<3 {
                    try await withLinkWatch("serve", "--config", path) { service in
                        _ = try #require(await service.text(after: "http.address=", on: .error), "\(service.errors)")
                        let following =
                            try follower
                            ?? LinkWatchProcess([
                                "changes", "--follow", "--limit", "0", "--output", "json", "--url", socket,
                            ])
                        follower = following
                        for step in 0..<3 {
                            let code = "ERROR_\(round)_\(step)"
                            try simulator.apply(.setError(simulator.address(link: step), code: code, message: nil))
                            _ = try #require(
                                await following.text(after: "\"link_error\":\"\(code)\"", on: .output),
                                "\(following.errors)"
                            )
                        }
                        service.send(SIGKILL)
                        await service.end()
                    }
                }
                let following = try #require(follower)
                try await with(following) { following in
                    _ = await following.text(after: "no answer from \(socket)", on: .error)
                    following.send(SIGINT)
                    #expect(await following.end() == .exit(0))
                }
                let told = try following.output.split(separator: "\n").map {
                    try JSONValue(parsing: String($0))["sequence"].int ?? -1
                }
                #expect(told == Array(1...told.count) && told.count >= 11, "\(told)")
                #expect(following.errors.contains("it answers again, nothing was missed"))
            }
        }
    }

    @Test func `a place that was never reached or is not kept ends it`() async throws {
        try await AskedService.with { asked in
            let ahead = try await asked.run("changes", "--follow", "--after", "1000000")
            #expect(ahead.ending == .exit(1) && ahead.output.isEmpty)
            #expect(ahead.errors.split(separator: "\n").count == 1, "\(ahead.errors)")
        }
    }

    @Test func `changes are lines for people and records for programs`() async throws {
        try await AskedService.with { asked in
            for (arguments, mark) in [([String](), "created  orders-eu/"), (["--output", "csv"], "sequence,at,kind")] {
                let process = try LinkWatchProcess(
                    ["changes", "--follow", "--limit", "2", "--cluster", "orders-eu"] + arguments,
                    environment: ["LINKWATCH_URL": asked.live.api.base]
                )
                try await with(process) { process in
                    #expect(await process.says(mark), "\(process.errors)")
                    let code = "NEWS_\(arguments.count)"
                    try asked.simulator.apply(.setError(asked.simulator.address(link: 3), code: code, message: nil))
                    _ = try await asked.live.service.pollNow(.init(asked.simulator.fleet.clusterIDs[0]))
                    #expect(await process.says(code))
                    process.send(SIGTERM)
                    #expect(await process.end() == .exit(0))
                    #expect(!process.output.contains("\u{1B}"))
                }
            }
        }
    }
}
