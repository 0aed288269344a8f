import ClusterLinks
import ConfluentSimulator
import ExactJSON
import Foundation
import Locking
import Querying
import Testing

@testable import LinkWatch

/// Statements to the whole service over HTTP, and what else it does meanwhile.
@Suite(.timeLimit(.minutes(3)), .serialized)
struct QueryServiceTests {
    /// A single instruction that SQLite cannot be stopped in.
    private static let hostile = "SELECT instr(hex(zeroblob(2000000)), hex(zeroblob(700000))||'1')"

    @Test func `the views tell what the interface tells`() async throws {
        try await withFleetAndService(clusters: 2, links: 4) { simulator, live in
            let (broken, cluster) = (simulator.address(link: 1), simulator.fleet.clusterIDs[0])
            try simulator.apply(.setError(broken, code: "AUTHENTICATION_ERROR", message: "the key is wrong"))
            for cluster in simulator.fleet.clusterIDs { try await live.api.poll(cluster) }
            let found = try await live.query(
                """
                SELECT l.link_name, l.link_error, l.link_error_message, l.health, e.started_at, l.metadata ->> '$.self'
                FROM cluster_links AS l JOIN link_errors AS e USING (cluster_id, link_name)
                WHERE cluster_id = ? AND e.ongoing
                """,
                parameters: "[\"\(cluster)\"]"
            )
            let link = try await live.link(broken)
            #expect(
                found["rows"] == [
                    [
                        .string(broken.linkName), "AUTHENTICATION_ERROR", "the key is wrong", "error",
                        link["last_changed_at"], link["metadata"]["self"],
                    ]
                ]
            )
            let names = try await live.query("SELECT link_name FROM cluster_links ORDER BY cluster_id, link_name")
            let listed = try await live.api.get("/api/v1/links").rows.map { $0["link_name"] }
            #expect(names["rows"].array?.compactMap { $0.array?.first } == listed)
        }
    }

    @Test func `neither requests nor polls wait for hostile statements`() async throws {
        try await withFleetAndService(clusters: 1, links: 4) { simulator, live in
            let cluster = simulator.fleet.clusterIDs[0]
            try await live.api.poll(cluster)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        let answer = try await live.ask(Self.hostile)
                        #expect((answer.status, answer.json["type"]) == (422, "/problems/query-limit"))
                    }
                }
                group.addTask {
                    var (requests, polls): ([Duration], [Duration]) = ([], [])
                    for _ in 0..<20 {
                        requests.append(try await Self.time { _ = try await live.api.get("/api/v1/links") })
                        polls.append(try await Self.time { _ = try await live.api.poll(cluster) })
                    }
                    // Two statements take both cores for two seconds; who waits for them would wait as long.
                    let (request, poll) = (requests.max() ?? .zero, polls.max() ?? .zero)
                    print("beside hostile statements: slowest request \(request), slowest poll \(poll)")
                    #expect(request < .seconds(1))
                    #expect(poll < .seconds(1))
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func `a service that stops does not wait for statements`() async throws {
        let begun = Locked(ContinuousClock.now)
        var asked: [Task<Int?, Never>] = []
        try await withFleetAndService { _, live in
            for _ in 0..<2 { asked.append(Task { try? await live.ask(Self.hostile).status }) }
            try await BusyFleet.awaitMetrics(live) { $0.contains("linkwatch_queries_running 2") }
            begun.withLock { $0 = .now }
        }
        #expect(begun.withLock(\.self).duration(to: .now) < .milliseconds(1500))
        // They are told so, unless their connections were closed before.
        for task in asked { #expect([nil, 503].contains(await task.value)) }
    }

    @Test func `a client that goes away takes its statement with it`() async throws {
        try await withFleetAndService { _, live in
            let client = try DepartingClient(of: live.api.base)
            try client.ask("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
            try await BusyFleet.awaitMetrics(live) { $0.contains("linkwatch_queries_running 1") }
            client.leave()
            let cancelled = "linkwatch_queries_total{outcome=\"cancelled\"} 1"
            let metrics = try await BusyFleet.awaitMetrics(live) { $0.contains(cancelled) }
            #expect(metrics.contains(cancelled))
        }
    }

    @Test func `a file that no service runs on is asked in the same words`() async throws {
        try await withUpstream(clusters: 1, links: 4) { simulator, address in
            try await withTemporaryFolder { folder in
                let clusters = simulator.fleet.clusterIDs
                let configuration = try Configuration.watching(clusters, at: address, in: folder)
                try await withService(configuration) { live in try await live.api.poll(clusters[0]) }
                let before = try Data(contentsOf: URL(filePath: configuration.database))
                let told = try await runLinkWatch(
                    "query",
                    "SELECT cluster_id, count(*) AS links, min(health) AS health FROM cluster_links",
                    "--database",
                    configuration.database,
                    "--output",
                    "json"
                )
                #expect(told.ending == .exit(0), "\(told.errors)")
                let answer = try JSONValue(parsing: told.output)
                #expect(answer["rows"] == [[.string(clusters[0]), 4, "ok"]])
                let refused = try await runLinkWatch("query", "DELETE FROM links", "--database", configuration.database)
                #expect(refused.ending != .exit(0))
                #expect(refused.errors.contains("only read"), "\(refused.errors)")
                #expect(try Data(contentsOf: URL(filePath: configuration.database)) == before)
            }
        }
    }

    @Test func `bad input gets a clear 4xx`() async throws {
        try await withFleetAndService { _, live in
            for (body, status) in [
                (Array(#"{"sql":""}"#.utf8), 400), (Array(#"{"sql":"DELETE FROM cluster_links"}"#.utf8), 400),
                (Array(#"{"sql":"ATTACH 'x' AS y"}"#.utf8), 400),
                (Array(#"{"sql":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8), 400),
                (Array(#"{"sql":"SELECT '\u0000'"}"#.utf8), 400),
                (Array(#"{"sql":"\#(String(repeating: "x", count: 100_000))"}"#.utf8), 413),
                (Array(String(repeating: "x", count: 2 << 20).utf8), 413),
            ] {
                let answer = try await live.ask(body: body)
                #expect(answer.status == status, "\(answer.text.prefix(300))")
            }
            // Private text of a statement stands in no log and no metric.
            #expect(!(try await live.api.send("GET", "/metrics").text.contains("DELETE FROM")))
        }
    }

    private static func time(_ body: () async throws -> Void) async throws -> Duration {
        let begun = ContinuousClock.now
        try await body()
        return begun.duration(to: .now)
    }
}
