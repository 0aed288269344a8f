import ConfluentSimulator
import CurlHTTP
import ExactJSON
import Foundation
import GRDB
import Testing

@testable import LinkWatch

/// `kill -9` in the middle of writing: the database is whole, and every version that was ever served is there.
@Suite(.timeLimit(.minutes(10)))
struct KillTests {
    /// Eight rounds; `LINKWATCH_KILL_ROUNDS` asks for the long form.
    private static let rounds = ProcessInfo.processInfo.environment["LINKWATCH_KILL_ROUNDS"].flatMap(Int.init) ?? 8

    @Test func `a service killed while it writes loses nothing that it served`() async throws {
        try await withUpstream(clusters: 3, links: 4) { simulator, base in
            try await withTemporaryFolder { folder in
                let path = folder + "linkwatch.yaml"
                try write(yaml(simulator.fleet.clusterIDs, base, folder), to: path)
                let served = ServedVersions()
                let curl = CurlClient(userAgent: "linkwatch-tests", maximumConnections: 16)
                for round in 0..<Self.rounds {
                    try await withLinkWatch("serve", "--config", path) { process in
                        let api = try await client(of: process, curl)
                        try await expect(served.all, from: api, after: round)
                        await disturb(simulator, api, served, until: process)
                    }
                    try await expectWhole(folder + "linkwatch.db")
                }
                try await withLinkWatch("serve", "--config", path) { process in
                    let api = try await client(of: process, curl)
                    try await expect(served.all, from: api, after: Self.rounds)
                    process.send(SIGTERM)
                    #expect(await process.end() == .exit(0))
                }
                #expect(served.all.count > Self.rounds * 2)
                await curl.shutdown()
            }
        }
    }

    private func yaml(_ ids: [String], _ base: String, _ folder: String) -> String {
        """
        listen: 127.0.0.1:0
        database: \(folder)linkwatch.db
        poll: { interval: 100ms, timeout: 100ms, stale_after: 1h, tasks: false }
        clusters:
        \(ids.map { "  - { id: \($0), endpoint: \(base), poll: { timeout: 100ms } }" }.joined(separator: "\n"))

        """
    }

    private func client(of process: LinkWatchProcess, _ curl: CurlClient) async throws -> APIClient {
        let address = try #require(await process.text(after: "http.address=", on: .error), "\(process.errors)")
        return APIClient(curl: curl, base: "http://" + address)
    }

    /// Changes links as fast as they are polled and read, and kills the service after some answers: in whatever the other
    /// clusters are doing then.
    private func disturb(
        _ simulator: SimulatorControl,
        _ api: APIClient,
        _ served: ServedVersions,
        until process: LinkWatchProcess
    ) async {
        let fatal = Int.random(in: 0...40)
        await withTaskGroup(of: Void.self) { group in
            for id in simulator.fleet.clusterIDs {
                group.addTask {
                    for step in 0... {
                        if step == fatal { process.send(SIGKILL) }
                        // Once it is killed, every question fails.
                        do {
                            try await Self.change(simulator, id, step)
                            try await Self.look(api, id, served)
                        } catch {
                            return
                        }
                    }
                }
            }
        }
        #expect(await process.end() == .signal(SIGKILL))
    }

    private static func change(_ simulator: SimulatorControl, _ id: String, _ step: Int) async throws {
        let cluster = try simulator.fleet.cluster(id)
        guard let link = cluster.links.randomElement() else { return }
        let address = LinkAddress(id, link.name)
        switch Int.random(in: 0..<8) {
        case 0: try simulator.apply(.recreate(address))
        case 1: try simulator.apply(.recover(address))
        case 2, 3: try simulator.apply(.setTopics(address, ["topic-\(step)", "topic-\(Int.random(in: 0..<1000))"]))
        default:
            try simulator.apply(.setError(address, code: "TIMEOUT_ERROR", message: "\(Int.random(in: 0..<1_000_000))"))
        }
    }

    /// Remembers only what was answered whole.
    private static func look(_ api: APIClient, _ id: String, _ served: ServedVersions) async throws {
        _ = try await api.post("/api/v1/clusters/\(id)/poll")
        let links = try await api.send("GET", "/api/v1/clusters/\(id)/links").json.rows
        served.add(links: links)
        guard let name = links.randomElement()?["link_name"].string else { return }
        let history = try await api.send("GET", "/api/v1/clusters/\(id)/links/\(name)/history").json.rows
        served.add(history: history, of: name, on: id)
    }

    private func expect(_ versions: Set<ServedVersions.Version>, from api: APIClient, after round: Int) async throws {
        let kept = ServedVersions()
        for link in Set(versions.map { [$0.cluster, $0.link] }) {
            let path = "/api/v1/clusters/\(link[0])/links/\(link[1])/history?limit=1000"
            var next: String? = ""
            while let cursor = next {
                let page = try await api.get(cursor.isEmpty ? path : path + "&cursor=\(cursor)")
                kept.add(history: page.rows, of: link[1], on: link[0])
                next = page["next_cursor"].string
            }
        }
        let lost = versions.subtracting(kept.all)
        #expect(lost.isEmpty, "round \(round): served and lost")
    }

    private func expectWhole(_ database: String) async throws {
        let findings = try await DatabaseQueue(path: database).read { db in
            try String.fetchAll(db, sql: "PRAGMA integrity_check")
                + Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
                .map { "\($0)" }
        }
        #expect(findings == ["ok"])
    }
}
