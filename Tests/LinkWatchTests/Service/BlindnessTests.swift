import ClusterLinks
import ConfluentSimulator
import ExactJSON
import Testing

@testable import LinkWatch

/// Clusters that do not answer: unknown after `stale_after`, and nobody else's business.
@Suite(.timeLimit(.minutes(2)))
struct BlindnessTests {
    @Test func `a cluster not heard of for long is unknown, with its last known links, and recovers`() async throws {
        try await withFleetAndService(links: 2) { configuration in
            configuration.pollEach {
                $0.staleAfter = .milliseconds(400)
                $0.tasks = false
            }
        } _: { simulator, live in
            let address = simulator.address()
            try simulator.apply(.setError(address, code: "TIMEOUT_ERROR", message: nil))
            try await live.api.poll(address.clusterID)
            try simulator.inject(.status(503), on: address.clusterID)
            try await live.api.poll(address.clusterID)

            let links = try await live.api.awaitAnswer(to: "/api/v1/links") { answer in
                answer.rows.allSatisfy { $0["health"].string == "unknown" }
            }
            #expect(links.rows.count == 2)
            #expect(links.rows.allSatisfy { $0["stale"].bool == true })
            #expect(links.rows.count { $0["last_known_health"].string == "error" } == 1)
            let metrics = try await live.api.send("GET", "/metrics").text
            #expect(metrics.contains(#"clusterlink_cluster_up{kafka_cluster_id="\#(address.clusterID)"} 0"#))
            #expect(!metrics.contains("clusterlink_up{"))
            let ready = try await live.api.send("GET", "/readyz")
            #expect(ready.status == 200)
            #expect(ready.text.hasPrefix("degraded"))

            try simulator.clearFaults(on: address.clusterID)
            #expect(try await live.api.poll(address.clusterID)["changes"].int == 0)
            #expect(try await live.versions(of: address).count == 1)
            let episode = try #require(try await live.episodes(of: address).first)
            #expect(episode["ongoing"].bool == true)
            #expect(episode["blind_seconds"].seconds ?? 0 > 0)
        }
    }

    @Test func `a cluster that takes the connection and never answers delays nobody`() async throws {
        try await withFleetAndService(clusters: 4) { configuration in
            configuration.poll.concurrency = 2
            configuration.pollEach {
                $0.interval = .milliseconds(200)
                $0.timeout = .seconds(60)
            }
        } _: { simulator, live in
            let dead = simulator.fleet.clusterIDs[0]
            try simulator.inject(SimulatedFault(.delay(.seconds(600))), on: dead)
            try await simulator.waitForRequests(of: dead, atLeast: 1)
            for id in simulator.fleet.clusterIDs.dropFirst() {
                let seen = simulator.requests.total(of: id, path: "/links")
                try await simulator.waitForRequests(of: id, path: "/links", atLeast: seen + 3)
            }
            #expect(simulator.requests.total(of: dead) == 1)
            try await live.api.awaitAnswer(to: "/api/v1/links") { $0.rows.count == 9 }
            #expect(try await live.cluster(dead)["last_poll"].isNull)
        }
    }

    @Test func `polls asked for at once are one poll`() async throws {
        try await withFleetAndService { configuration in
            configuration.pollEach { $0.tasks = false }
        } _: { simulator, live in
            let id = simulator.fleet.clusterIDs[0]
            try await live.api.poll(id)
            try simulator.inject(SimulatedFault(.delay(.seconds(1))), on: id)
            simulator.clearRequests()
            try await withThrowingTaskGroup(of: JSONValue.self) { group in
                group.addTask { try await live.api.poll(id) }
                try await simulator.waitForRequests(of: id, atLeast: 1)
                for _ in 0..<10 { group.addTask { try await live.api.poll(id) } }
                var polls: [JSONValue] = []
                for try await poll in group { polls.append(poll) }
                #expect(polls.count == 11)
                #expect(polls.allSatisfy { $0["outcome"].string == "success" })
            }
            // The one that ran and the one that all others shared; some may have come too late for it.
            #expect((2...4).contains(simulator.requests.total(of: id, path: "/links")))
        }
    }

    @Test func `polling an unknown cluster, or in another content type, is refused`() async throws {
        try await withFleetAndService { simulator, live in
            let unknown = try await live.api.post("/api/v1/clusters/lkc-nobody/poll")
            #expect(unknown.status == 404)
            let id = simulator.fleet.clusterIDs[0]
            let form = try await live.api.send(
                "POST",
                "/api/v1/clusters/\(id)/poll",
                headers: ["Content-Type": "text/plain"],
                body: "{}"
            )
            #expect(form.status == 415)
            let foreign = try await live.api.send(
                "POST",
                "/api/v1/clusters/\(id)/poll",
                headers: ["Content-Type": "application/json", "Origin": "https://evil.example"],
                body: "{}"
            )
            #expect(foreign.status == 403)
        }
    }
}
