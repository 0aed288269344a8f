import ClusterLinks
import ConfluentSimulator
import ExactJSON
import Testing

@testable import LinkWatch

/// The main job, end to end: what the upstream lists is polled over HTTP, kept, and served.
@Suite(.timeLimit(.minutes(2)))
struct PollingAndServingTests {
    @Test func `every link of every cluster is listed with its health`() async throws {
        try await withFleetAndService(clusters: 3, links: 4) { simulator, live in
            try simulator.apply(.setError(simulator.address(cluster: 0), code: "TIMEOUT_ERROR", message: "no answer"))
            try simulator.apply(.setState(simulator.address(cluster: 1), "UNAVAILABLE"))
            try simulator.apply(.setState(simulator.address(cluster: 2), "PAUSED"))
            for id in simulator.fleet.clusterIDs { try await live.api.poll(id) }

            let links = try await live.api.get("/api/v1/links").rows
            #expect(links.count == 12)
            #expect(links.count { $0["health"].string == "error" } == 2)
            #expect(links.count { $0["health"].string == "ok" } == 10)
            let failing = try await live.link(simulator.address(cluster: 0))
            #expect(failing["link_error"].string == "TIMEOUT_ERROR")
            #expect(failing["link_error_message"].string == "no answer")
            #expect(try await live.link(simulator.address(cluster: 1))["link_state"].string == "UNAVAILABLE")
            #expect(try await live.link(simulator.address(cluster: 2))["health"].string == "ok")
        }
    }

    @Test func `the schedule polls without being asked`() async throws {
        try await withFleetAndService(clusters: 2) { configuration in
            configuration.pollEach { poll in
                poll.interval = .milliseconds(200)
                poll.timeout = .milliseconds(200)
            }
        } _: { simulator, live in
            for id in simulator.fleet.clusterIDs {
                try await simulator.waitForRequests(of: id, path: "/links", atLeast: 3)
            }
            try await live.api.awaitAnswer(to: "/api/v1/links") { $0.rows.count == 6 }
        }
    }

    @Test func `a task in error degrades its link, and the message is served`() async throws {
        try await withFleetAndService { configuration in
            configuration.pollEach { $0.tasksInterval = .milliseconds(200) }
        } _: { simulator, live in
            let address = simulator.address()
            try await live.api.poll(address.clusterID)
            try await live.api.awaitAnswer(to: "/api/v1/links") { $0.rows.allSatisfy { $0["tasks"].array?.count == 4 } }
            try simulator.apply(
                .failTask(
                    address,
                    task: "ConsumerOffsetSync",
                    SimulatedTask.Failure(code: "AUTHORIZATION_ERROR", message: "not allowed")
                )
            )
            let path = "/api/v1/clusters/\(address.clusterID)/links/\(address.linkName)"
            let link = try await live.api.awaitAnswer(to: path) { $0["health"].string == "degraded" }
            let task = link["tasks"].array?.first { $0["state"].string == "IN_ERROR" }
            #expect(task?["errors"][0]["error_code"].string == "AUTHORIZATION_ERROR")
            #expect(try await live.versions(of: address).map(\.["changed"].texts) == [["tasks"], []])
            #expect(try await live.episodes(of: address).isEmpty)

            try simulator.apply(.recover(address))
            try await live.api.awaitAnswer(to: path) { $0["health"].string == "ok" }
        }
    }

    @Test func `a link that goes away is deleted, and one that is made again under its name is another`() async throws {
        try await withFleetAndService { simulator, live in
            let address = simulator.address()
            try await live.api.poll(address.clusterID)
            let first = try await live.link(address)["cluster_link_id"].string

            try simulator.apply(.recreate(address))
            let recreation = try await live.api.poll(address.clusterID)
            #expect(recreation["changes"].int == 2)
            let second = try await live.link(address)
            #expect(second["cluster_link_id"].string != first)
            #expect(second["first_observed_at"] == recreation["at"])
            let versions = try await live.versions(of: address)
            #expect(versions.count == 2)
            #expect(versions[1]["valid_to"] == recreation["at"])

            try simulator.apply(.delete(address))
            let deletion = try await live.api.poll(address.clusterID)
            let answer = try await live.api.send(
                "GET",
                "/api/v1/clusters/\(address.clusterID)/links/\(address.linkName)"
            )
            #expect(answer.status == 404)
            let gone = try await live.api.get("/api/v1/links?deleted=true").rows
            #expect(
                Set(gone.compactMap(\.["cluster_link_id"].string)) == Set([first, second["cluster_link_id"].string])
            )
            #expect(gone.contains { $0["deleted_at"] == deletion["at"] })
            #expect(try await live.versions(of: address).allSatisfy { !$0["valid_to"].isNull })
        }
    }

    @Test func `ghosts are counted and are no links`() async throws {
        try await withFleetAndService(links: 2) { simulator, live in
            let id = simulator.fleet.clusterIDs[0]
            try simulator.apply(.addGhosts(id, count: 2))
            try await live.api.poll(id)
            let cluster = try await live.cluster(id)
            #expect(cluster["ghosts"].int == 2)
            #expect(cluster["ghost_records"].array?.count == 2)
            #expect(cluster["links"]["total"].int == 2)
            #expect(try await live.api.get("/kafka/v3/clusters/\(id)/links").rows.count == 4)
            try simulator.apply(.removeGhosts(id, count: 2))
            #expect(try await live.api.poll(id)["changes"].int == 0)
            #expect(try await live.cluster(id)["ghosts"].int == 0)
        }
    }

    @Test func `topics in another order are no change, and an unknown field is one and is served`() async throws {
        try await withFleetAndService { simulator, live in
            let address = simulator.address()
            try await live.api.poll(address.clusterID)
            try simulator.apply(.shuffleTopics(address))
            #expect(try await live.api.poll(address.clusterID)["changes"].int == 0)

            try simulator.apply(.overrideField(address, name: "throttle", .value(["rate": .real(12.5)])))
            #expect(try await live.api.poll(address.clusterID)["changes"].int == 1)
            let link = try await live.link(address)
            #expect(String(decoding: link["throttle"].encoded, as: UTF8.self) == #"{"rate":12.5}"#)
            #expect(try await live.versions(of: address).first?["changed"].texts == ["throttle"])
        }
    }

    @Test func `the database is FULL in the running service`() async throws {
        try await withFleetAndService { _, live in
            let database = try await live.api.get("/api/v1/status")["database"]
            #expect(database["synchronous"].string == "FULL")
            #expect(database["journal_mode"].string == "wal")
            #expect(database["durable"].bool == true)
        }
    }
}
