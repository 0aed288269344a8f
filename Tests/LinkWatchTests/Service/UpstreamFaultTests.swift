import ClusterLinks
import ConfluentSimulator
import ExactJSON
import Testing

@testable import LinkWatch

/// An upstream that answers rubbish: a failed poll with its reason, and the last good data served on (truth rule 2).
@Suite(.timeLimit(.minutes(2)))
struct UpstreamFaultTests {
    @Test(arguments: FaultCase.refusals + FaultCase.brokenTransfers + FaultCase.unreadableLists)
    func `a failed poll has its reason and changes nothing`(_ fault: FaultCase) async throws {
        try await withFleetAndService { configuration in
            configuration.pollEach {
                $0.timeout = fault.reason == "timeout" ? .milliseconds(300) : .seconds(20)
                $0.tasks = false
            }
        } _: { simulator, live in
            let address = simulator.address()
            try simulator.apply(.setError(address, code: "TIMEOUT_ERROR", message: "no answer"))
            let good = try await live.api.poll(address.clusterID)
            let before = try await live.api.send("GET", "/api/v1/links")
            let sequence = before.header("Linkwatch-Sequence")

            for fault in fault.faults { try simulator.inject(fault, on: address.clusterID) }
            try simulator.apply(.setError(address, code: nil, message: nil))
            let poll = try await live.api.poll(address.clusterID)
            #expect(poll["outcome"].string == "failure")
            #expect(poll["reason"].string == fault.reason)
            #expect(poll["http_status"].int == fault.status)
            #expect(poll["changes"].int == 0)
            #expect(poll["message"].string?.isEmpty == false)

            let after = try await live.api.send("GET", "/api/v1/links")
            #expect(after.body == before.body, "the last known links stay served")
            #expect(after.header("ETag") == before.header("ETag"))
            #expect(after.header("Linkwatch-Sequence") == sequence)
            let cluster = try await live.cluster(address.clusterID)
            #expect(cluster["last_success_at"] == good["at"])
            #expect(cluster["last_failure"]["reason"].string == fault.reason)
            #expect(cluster["last_failure"]["at"] == poll["at"])
            #expect(cluster["consecutive_failures"].int == 1)
            #expect(try await live.versions(of: address).count == 1)
            #expect(try await live.episodes(of: address).map(\.["ongoing"].bool) == [true])

            try simulator.clearFaults(on: address.clusterID)
            #expect(try await live.api.poll(address.clusterID)["changes"].int == 1)
            #expect(try await live.cluster(address.clusterID)["consecutive_failures"].int == 0)
            let runs = try await live.api.get("/api/v1/clusters/\(address.clusterID)/polls").rows
            #expect(runs.map(\.["outcome"].string).contains("failure"))
        }
    }

    @Test(arguments: FaultCase.readableLists)
    func `a list in an odd form is a list`(_ fault: FaultCase) async throws {
        try await withFleetAndService(links: 5) { configuration in
            configuration.pollEach { $0.tasks = false }
        } _: { simulator, live in
            let id = simulator.fleet.clusterIDs[0]
            try await live.api.poll(id)
            for fault in fault.faults { try simulator.inject(fault, on: id) }
            let poll = try await live.api.poll(id)
            #expect(poll["outcome"].string == "success", "\(poll["reason"]) \(poll["message"])")
            #expect(poll["http_status"].int == 200)
            #expect(poll["changes"].int == 0)
            #expect(try await live.api.get("/api/v1/links").rows.count == 5)
        }
    }

    @Test func `a faulty first answer leaves the cluster not yet observed`() async throws {
        try await withFleetAndService { simulator, live in
            let address = simulator.address()
            try simulator.inject(.status(503), on: address.clusterID)
            #expect(try await live.api.poll(address.clusterID)["outcome"].string == "failure")
            let answer = try await live.api.send(
                "GET",
                "/api/v1/clusters/\(address.clusterID)/links/\(address.linkName)"
            )
            #expect(answer.status == 404)
            #expect(answer.json["type"].string == "/problems/not-yet-observed")
            let cached = try await live.api.send("GET", "/kafka/v3/clusters/\(address.clusterID)/links")
            #expect(cached.status == 503)
            #expect(cached.json["error_code"].int == 50302)
            #expect(try await live.cluster(address.clusterID)["stale"].bool == true)
        }
    }

    @Test func `failed readings of tasks keep the last ones`() async throws {
        try await withFleetAndService(links: 1) { configuration in
            configuration.pollEach { $0.tasksInterval = .milliseconds(100) }
        } _: { simulator, live in
            let address = simulator.address()
            let path = "/api/v1/clusters/\(address.clusterID)/links/\(address.linkName)"
            try await live.api.poll(address.clusterID)
            let before = try await live.api.awaitAnswer(to: path) { $0["tasks"].array?.count == 4 }
            try simulator.inject(SimulatedFault(.garbage(bytes: 64), on: .links), on: address.clusterID)
            let seen = simulator.requests.total(of: address.clusterID, path: "/links/\(address.linkName)")
            try await simulator.waitForRequests(
                of: address.clusterID,
                path: "/links/\(address.linkName)",
                atLeast: seen + 3
            )
            #expect(try await live.link(address) == before)
        }
    }
}
