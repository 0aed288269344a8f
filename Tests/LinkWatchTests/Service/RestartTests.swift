import ClusterLinks
import ConfluentSimulator
import ExactJSON
import Foundation
import GRDB
import Testing

@testable import LinkWatch

/// What is kept: a restart goes on where the last run stopped, and equal polls cost nothing but their sighting.
@Suite(.timeLimit(.minutes(2)))
struct RestartTests {
    @Test func `a restart on the same database goes on without a false change`() async throws {
        try await withUpstream(clusters: 2) { simulator, base in
            try await withTemporaryFolder { folder in
                let configuration = try Configuration.watching(simulator.fleet.clusterIDs, at: base, in: folder)
                let address = simulator.address()
                try simulator.apply(.setError(address, code: "TIMEOUT_ERROR", message: "still"))
                var before: [JSONValue] = []
                var lastPoll = JSONValue.null
                try await withService(configuration) { live in
                    for id in simulator.fleet.clusterIDs { lastPoll = try await live.api.poll(id) }
                    try await live.api.awaitAnswer(to: "/api/v1/links") { answer in
                        answer.rows.allSatisfy { $0["tasks"].array?.count == 4 }
                    }
                    before = try await live.told(about: address)
                }
                try await withService(configuration) { live in
                    #expect(try await live.told(about: address) == before, "served before the first poll")
                    for id in simulator.fleet.clusterIDs {
                        let poll = try await live.api.poll(id)
                        #expect(poll["changes"].int == 0)
                        #expect((poll["at"].string ?? "") > (lastPoll["at"].string ?? ""))
                    }
                    #expect(try await live.told(about: address) == before, "served after it")
                    // A sighting without change is stored within a second.
                    let errors = "/api/v1/clusters/\(address.clusterID)/links/\(address.linkName)/errors"
                    let episodes = try await live.api.awaitAnswer(to: errors) {
                        $0.rows.first?["observations"].int == 2
                    }
                    #expect(episodes.rows.map(\.["ongoing"].bool) == [true])
                }
            }
        }
    }

    @Test func `what happened while the service was down is found at its first poll`() async throws {
        try await withUpstream { simulator, base in
            try await withTemporaryFolder { folder in
                let configuration = try Configuration.watching(simulator.fleet.clusterIDs, at: base, in: folder)
                let gone = simulator.address(link: 0)
                let failed = simulator.address(link: 1)
                try await withService(configuration) { live in try await live.api.poll(gone.clusterID) }
                try simulator.apply(.delete(gone))
                try simulator.apply(.setError(failed, code: "TIMEOUT_ERROR", message: nil))
                try await withService(configuration) { live in
                    let poll = try await live.api.poll(gone.clusterID)
                    #expect(poll["changes"].int == 2)
                    #expect(try await live.api.get("/api/v1/links").rows.count == 2)
                    let episode = try #require(try await live.episodes(of: failed).first)
                    #expect(episode["started_at"] == poll["at"])
                    #expect(episode["started_before_observation"].bool == false)
                }
            }
        }
    }

    @Test func `equal polls write nothing but their sighting`() async throws {
        try await withUpstream(clusters: 1, links: 4) { simulator, base in
            try await withTemporaryFolder { folder in
                var configuration = try Configuration.watching(simulator.fleet.clusterIDs, at: base, in: folder)
                configuration.pollEach { $0.tasks = false }
                let id = simulator.fleet.clusterIDs[0]
                try await withService(configuration) { live in try await live.api.poll(id) }
                let before = try rowCounts(of: configuration.database)
                try await withService(configuration) { live in
                    for round in 0..<30 {
                        if round.isMultiple(of: 2) { try simulator.apply(.shuffleTopics(simulator.address())) }
                        #expect(try await live.api.poll(id)["changes"].int == 0)
                    }
                }
                var after = try rowCounts(of: configuration.database)
                // One run more, since a restart ends one: 30 polls or more are in it.
                #expect(after["poll_runs"] == (before["poll_runs"] ?? 0) + 1)
                // Each was asked for, which the audit keeps.
                #expect(after["audit"] == (before["audit"] ?? 0) + 30)
                for table in ["poll_runs", "audit"] { after[table] = before[table] }
                #expect(after == before)
                let polls = try await DatabaseQueue(path: configuration.database).read { db in
                    try Int.fetchOne(db, sql: "SELECT count FROM poll_runs ORDER BY first_at DESC LIMIT 1")
                }
                #expect(polls ?? 0 >= 30)
            }
        }
    }

    @Test func `a cluster taken out of the configuration is retired, and restored when it is put back`() async throws {
        try await withUpstream(clusters: 2) { simulator, base in
            try await withTemporaryFolder { folder in
                let ids = simulator.fleet.clusterIDs
                let both = try Configuration.watching(ids, at: base, in: folder)
                let one = try Configuration.watching([ids[0]], at: base, in: folder)
                let address = simulator.address(cluster: 1)
                var first = JSONValue.null
                try await withService(both) { live in
                    for id in ids { try await live.api.poll(id) }
                    first = try await live.link(address)["first_observed_at"]
                }
                try await withService(one) { live in
                    #expect(try await live.api.get("/api/v1/links").rows.count == 3)
                    #expect(try await live.api.get("/api/v1/links?configured=any").rows.count == 6)
                    #expect(try await live.cluster(ids[1])["configured"].bool == false)
                    #expect(try await live.api.post("/api/v1/clusters/\(ids[1])/poll").status == 409)
                    let metrics = try await live.api.send("GET", "/metrics").text
                    #expect(!metrics.contains(#"kafka_cluster_id="\#(ids[1])""#))
                    #expect(try await live.versions(of: address).count == 1)
                }
                try await withService(both) { live in
                    let poll = try await live.api.poll(ids[1])
                    #expect(poll["changes"].int == 0)
                    let changes = try await live.api.get("/api/v1/changes?kind=retired,restored").rows
                    #expect(changes.map { $0["kind"].string } == ["retired", "restored"])
                    #expect(try await live.link(address)["first_observed_at"] == first)
                    #expect(try await live.versions(of: address).count == 1)
                }
            }
        }
    }

    @Test func `a second service on the same database is refused`() async throws {
        try await withUpstream { simulator, base in
            try await withTemporaryFolder { folder in
                let configuration = try Configuration.watching(simulator.fleet.clusterIDs, at: base, in: folder)
                try await withService(configuration) { _ in
                    #expect {
                        try LinkWatchService(configuration: configuration, configurationPath: nil, logger: .silent)
                    } throws: {
                        "\($0)".contains(configuration.database)
                    }
                }
            }
        }
    }

    /// How many rows each table has.
    private func rowCounts(of database: String) throws -> [String: Int] {
        try DatabaseQueue(path: database).read { db in
            let tables = try String.fetchAll(
                db,
                sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
            return Dictionary(
                uniqueKeysWithValues: try tables.map {
                    ($0, try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") ?? 0)
                }
            )
        }
    }
}

extension LiveService {
    /// Everything that a false change would show in.
    fileprivate func told(about address: LinkAddress) async throws -> [JSONValue] {
        var told = try await api.get("/api/v1/links").rows
        told += try await versions(of: address)
        told.append(try await api.get("/api/v1/status")["sequence"])
        return told
    }
}
