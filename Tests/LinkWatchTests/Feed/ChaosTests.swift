import ClusterLinks
import ConfluentSimulator
import CurlHTTP
import ExactJSON
import Foundation
import GRDB
import Testing

@testable import LinkWatch

/// `kill -9` at any moment while a consumer follows the feed: it sees every change exactly once, in order.
@Suite(.timeLimit(.minutes(30)))
struct ChaosTests {
    /// Six kills; `LINKWATCH_CHAOS_KILLS` asks for the long form.
    private static let kills = number("LINKWATCH_CHAOS_KILLS") ?? 6
    /// What the moments are chosen by; when a process comes to them it alone decides.
    private static let seed = number("LINKWATCH_CHAOS_SEED") ?? 1

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap(Int.init)
    }

    @Test func `a consumer of the feed sees every change once and in order, however often the service is killed`()
        async throws
    {
        try await withUpstream(clusters: 3, links: 4) { simulator, base in
            try await withTemporaryFolder { folder in
                let path = folder + "linkwatch.yaml"
                try write(yaml(simulator.fleet.clusterIDs, base, folder), to: path)
                let socket = try ListeningPort("127.0.0.1")
                let disturbance = Disturbance(simulator)
                let consumer = FeedConsumer(port: socket.port) { _ in disturbance.goOn() }
                defer { consumer.stop() }
                disturbance.goOn()
                var random = SplitMix(seed: Self.seed)
                for kill in 0..<Self.kills {
                    try await with(try socket.handed(to: "serve", "--config", path)) { process in
                        if kill == 0 { consumer.follow(seed: Self.seed) }
                        await self.kill(process, while: consumer, &random)
                        #expect(await process.end() == .signal(SIGKILL))
                    }
                    #expect(consumer.violations == [], "seed \(Self.seed), kill \(kill)")
                }
                try await with(try socket.handed(to: "serve", "--config", path)) { process in
                    disturbance.end()
                    try await compareAtLast(consumer, simulator, socket, process)
                    process.send(SIGTERM)
                    #expect(await process.end() == .exit(0))
                }
                try await compare(consumer, with: folder + "linkwatch.db")
            }
        }
    }

    /// In the middle of what the consumer is told, or at any moment since the start, that of starting included.
    private func kill(_ process: LinkWatchProcess, while consumer: FeedConsumer, _ random: inout SplitMix) async {
        if Int.random(in: 0..<3, using: &random) > 0 {
            await consumer.knows(consumer.last + .random(in: 1...40, using: &random))
        } else {
            // The moment itself is what is tried: nothing is waited for.
            try? await Task.sleep(for: .milliseconds(.random(in: 1...700, using: &random)))
        }
        process.send(SIGKILL)
    }

    /// What the consumer made of the first list and the changes since is what the last list shows.
    private func compareAtLast(
        _ consumer: FeedConsumer,
        _ simulator: SimulatorControl,
        _ socket: ListeningPort,
        _ process: LinkWatchProcess
    ) async throws {
        let curl = CurlClient(userAgent: "linkwatch-tests", maximumConnections: 4)
        let api = APIClient(curl: curl, base: "http://127.0.0.1:\(socket.port)")
        // It answers a moment before it knows whom to poll.
        while try await api.send("GET", "/readyz").status != 200 { await Task.yield() }
        for id in simulator.fleet.clusterIDs { try await api.poll(id) }
        let list = try await api.send("GET", "/api/v1/links?limit=1000")
        let sequence = try #require(list.header("linkwatch-sequence").flatMap { Int($0) })
        await consumer.knows(sequence)
        #expect(consumer.last == sequence, "seed \(Self.seed)")
        #expect(consumer.violations == [], "seed \(Self.seed)")
        #expect(materialized(consumer) == Set(list.json.rows.map(Self.shape)), "seed \(Self.seed)")
        await curl.shutdown()
    }

    private func materialized(_ consumer: FeedConsumer) -> Set<[String]> {
        var links: [[String?]: JSONValue] = [:]
        for link in consumer.links { links[[link["cluster_id"].string, link["cluster_link_id"].string]] = link }
        for change in consumer.told {
            let key = [change["cluster_id"].string, change["cluster_link_id"].string]
            switch change["kind"].string {
            case "deleted": #expect(links.removeValue(forKey: key) != nil, "\(change.shown)")
            case "created":
                #expect(links[key] == nil, "\(change.shown)")
                links[key] = change["after"]
            default:
                #expect(links[key].map(Self.contents) == Self.contents(change["before"]), "\(change.shown)")
                links[key] = change["after"]
            }
        }
        return Set(links.map { [$0.key[0] ?? ""] + Self.contents($0.value) })
    }

    private static func shape(_ link: JSONValue) -> [String] { [link["cluster_id"].string ?? ""] + contents(link) }

    private static func contents(_ link: JSONValue) -> [String] {
        ["link_name", "cluster_link_id", "link_error", "link_error_message", "link_state"].map { link[$0].string ?? "" }
            + link["topic_names"].texts.sorted()
    }

    /// What was told is what is stored, change by change.
    private func compare(_ consumer: FeedConsumer, with path: String) async throws {
        let file = try DatabaseQueue(path: path)
        let (rows, findings) = try await file.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT sequence, at, kind, cluster_id, link_name, cluster_link_id,
                        before.body AS before_body, after.body AS after_body
                    FROM changes JOIN clusters USING (cluster_key) LEFT JOIN links USING (link_key)
                        LEFT JOIN documents AS before ON before.document_key = before_key
                        LEFT JOIN documents AS after ON after.document_key = after_key
                    ORDER BY sequence
                    """
            ).map { row in try Self.told(by: row) }
            return (
                rows,
                try String.fetchAll(db, sql: "PRAGMA integrity_check")
                    + Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { "\($0)" }
            )
        }
        try file.close()
        #expect(findings == ["ok"])
        #expect(rows.map { $0[0] } == (1...max(1, rows.count)).map(String.init), "the stored feed has a gap")
        let start = try #require(consumer.start)
        let told = consumer.told.map { change in
            [
                change["sequence"].whole.map(String.init) ?? "",
                change["at"].instant.map { "\($0.milliseconds)" } ?? "",
                change["kind"].string ?? "", change["cluster_id"].string ?? "", change["link_name"].string ?? "",
                change["cluster_link_id"].string ?? "",
            ] + Self.contents(change["before"]) + Self.contents(change["after"])
        }
        #expect(told.count == rows.count - start)
        for (told, stored) in zip(told, rows.dropFirst(start)) where told != stored {
            Issue.record("seed \(Self.seed): told \(told), stored \(stored)")
            break
        }
        #expect(told.count > Self.kills)
        print("chaos: \(Self.kills) kills, \(told.count) changes, \(consumer.connections)")
    }

    private static func told(by row: Row) throws -> [String] {
        let document = { (body: String?) in try body.map { try JSONValue(parsing: $0) } ?? .null }
        let kinds = ["changed", "created", "deleted", "retired", "restored"]
        return [
            "\(row["sequence"] as Int)", "\(row["at"] as Int64)", kinds[row["kind"]], row["cluster_id"],
            row["link_name"] ?? "", row["cluster_link_id"] ?? "",
        ] + contents(try document(row["before_body"])) + contents(try document(row["after_body"]))
    }

    private func yaml(_ ids: [String], _ base: String, _ folder: String) -> String {
        """
        listen: systemd
        database: \(folder)linkwatch.db
        poll: { interval: 100ms, timeout: 100ms, stale_after: 1h, tasks: false }
        clusters:
        \(ids.map { "  - { id: \($0), endpoint: \(base), poll: { timeout: 100ms } }" }.joined(separator: "\n"))

        """
    }
}
