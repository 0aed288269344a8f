import ConfluentSimulator
import CurlHTTP
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// Another configuration while the service runs: read and checked first, then swapped.
@Suite(.timeLimit(.minutes(2)))
struct ReloadTests {
    @Test func `a cluster leaves and comes back, and others are left alone`() async throws {
        try await withReloadable { it in
            let ids = it.simulator.fleet.clusterIDs
            for id in ids.prefix(2) { #expect(try await it.poll(id)["outcome"].string == "success") }
            let address = it.simulator.address(cluster: 1)
            let first = try await it.live.link(address)["first_observed_at"]

            try it.write([ids[0], ids[2]])
            let swap = try await it.reload()
            #expect(swap.status == 200, "\(swap.text)")
            #expect(swap.json["clusters"]["added"].texts == [ids[2]])
            #expect(swap.json["clusters"]["removed"].texts == [ids[1]])
            #expect(swap.json["clusters"]["changed"].texts == [])
            #expect(try await it.poll(ids[2])["outcome"].string == "success")
            #expect(try await it.poll(ids[1])["status"].int == 409)
            let listed = Set(try await it.live.api.get("/api/v1/links").rows.compactMap(\.["cluster_id"].string))
            #expect(listed == [ids[0], ids[2]])

            try it.write(Array(ids.prefix(2)))
            #expect(try await it.reload().json["clusters"]["added"].texts == [ids[1]])
            #expect(try await it.poll(ids[1])["changes"].int == 0)
            #expect(try await it.live.link(address)["first_observed_at"] == first)
            #expect(try await it.live.versions(of: address).count == 1)
        }
    }

    @Test func `a bad file changes nothing and is told everywhere`() async throws {
        try await withReloadable { it in
            let ids = it.simulator.fleet.clusterIDs
            let before = try await it.live.api.get("/api/v1/status")["configuration"]
            try it.write([ids[0]], and: "intervall: 5s\nmanagement: perhaps\n")
            let answer = try await it.reload()
            #expect(answer.status == 500)
            #expect(answer.json["type"].string == "/problems/configuration-refused")
            let detail = answer.json["detail"].string ?? ""
            #expect(detail.contains("intervall") && detail.contains("management"), "every problem at once: \(detail)")
            let problems = answer.json["problems"].texts
            #expect(problems.count == 2)
            #expect(problems.first?.hasPrefix("\(it.path):7:1: intervall: unknown key") == true, "\(problems)")

            let after = try await it.live.api.get("/api/v1/status")["configuration"]
            #expect(after["checksum"] == before["checksum"])
            #expect(after["loaded_at"] == before["loaded_at"])
            #expect(after["last_reload_successful"].bool == false)
            #expect(after["reload_problems"].array?.count == 2)
            let metrics = try await it.live.api.send("GET", "/metrics").text
            #expect(metrics.contains("linkwatch_config_last_reload_successful 0"))
            #expect(try await it.live.api.get("/api/v1/clusters").rows.count == 2)

            try it.write([ids[0]])
            #expect(try await it.reload().status == 200)
            let healed = try await it.live.api.get("/api/v1/status")["configuration"]
            #expect(healed["last_reload_successful"].bool == true)
            #expect(healed["checksum"] != before["checksum"])
        }
    }

    @Test func `a reload takes the role admin, and a new token holds from then on`() async throws {
        try await withReloadable { it in
            #expect(try await it.reload(token: "0123456789abcdef-wrong").status == 401)
            #expect(try await it.live.api.post("/-/reload").status == 403)
            try write("0123456789abcdef-other", to: it.folder + "other")
            try it.edit("\(it.folder)token", to: "\(it.folder)other")
            #expect(try await it.reload().status == 200)
            #expect(try await it.reload().status == 401)
            #expect(try await it.reload(token: "0123456789abcdef-other").status == 200)
        }
    }

    @Test func `what cannot be taken up while running is told and waits`() async throws {
        try await withReloadable { it in
            try it.edit("listen: 127.0.0.1:0", to: "listen: 127.0.0.1:1")
            let answer = try await it.reload()
            #expect(answer.json["awaiting_restart"].texts == ["listen"])
            let status = try await it.live.api.get("/api/v1/status")
            #expect(status["configuration"]["awaiting_restart"].texts == ["listen"])
        }
    }

    @Test func `a repaired cluster is asked soon in spite of its backoff`() async throws {
        try await withReloadable { it in
            let id = it.simulator.fleet.clusterIDs[0]
            try it.simulator.apply(.setCredential(id, .basic(username: "key", password: "secret")))
            #expect(try await it.poll(id)["reason"].string == "authentication")
            let seen = it.simulator.requests.total(of: id, path: "/links")
            try it.edit("{ id: \(id),", to: "{ id: \(id), auth: { basic: { username: key, password: secret } },")
            #expect(try await it.reload().json["clusters"]["changed"].texts == [id])
            try await it.simulator.waitForRequests(of: id, path: "/links", atLeast: seen + 1)
            try await it.live.api.awaitAnswer(to: "/api/v1/clusters/\(id)") { $0["links"]["ok"].int == 3 }
        }
    }

    @Test func `a cluster whose secret was renewed in its file is asked soon`() async throws {
        try await withReloadable { it in
            let id = it.simulator.fleet.clusterIDs[0]
            try it.simulator.apply(.setCredential(id, .basic(username: "key", password: "renewed")))
            try write("expired", to: it.folder + "password")
            try it.edit(
                "{ id: \(id),",
                to: "{ id: \(id), auth: { basic: { username: key, password_file: password } },"
            )
            #expect(try await it.reload().status == 200)
            #expect(try await it.poll(id)["reason"].string == "authentication")
            #expect(try await it.reload().status == 200)
            let waiting = try await it.live.cluster(id)["consecutive_failures"].int ?? 0
            #expect(waiting > 0, "the same file again repairs nothing")

            try write("renewed", to: it.folder + "password")
            #expect(try await it.reload().json["clusters"]["changed"].texts == [])
            try await it.live.api.awaitAnswer(to: "/api/v1/clusters/\(id)") { $0["links"]["ok"].int == 3 }
        }
    }

    @Test func `a cluster that is renamed has its new name everywhere, and its past`() async throws {
        try await withReloadable { it in
            let address = it.simulator.address()
            let id = address.clusterID
            try it.simulator.apply(.setError(address, code: "TIMEOUT_ERROR", message: "no answer"))
            for _ in 0..<2 { #expect(try await it.poll(id)["outcome"].string == "success") }
            let before = try await it.live.api.send("GET", "/api/v1/links")
            let alert = try #require(try await it.live.api.get("/api/v1/alerts?state=firing").rows.first)
            #expect(alert["labels"]["kafka_cluster_name"].string == id)

            try it.edit("{ id: \(id),", to: "{ id: \(id), name: orders-eu,")
            #expect(try await it.reload().json["clusters"]["changed"].texts == [id])
            #expect(try await it.live.cluster(id)["name"].string == "orders-eu")
            let after = try await it.live.api.send("GET", "/api/v1/links")
            #expect(after.header("Linkwatch-Sequence") == before.header("Linkwatch-Sequence"), "no news of any link")
            #expect(after.header("ETag") != before.header("ETag"))
            let names = after.json.rows.filter { $0["cluster_id"].string == id }.map(\.["cluster_name"].string)
            #expect(Set(names) == ["orders-eu"])
            let renamed = try #require(try await it.live.api.get("/api/v1/alerts?state=firing").rows.first)
            #expect(renamed["labels"]["kafka_cluster_name"].string == "orders-eu")
            for key in ["id", "fingerprint", "started_at", "fired_at"] { #expect(renamed[key] == alert[key], "\(key)") }
            let metrics = try await it.live.api.send("GET", "/metrics").text
            let mark = #"clusterlink_cluster_info{kafka_cluster_id="\#(id)",kafka_cluster_name="#
            #expect(metrics.components(separatedBy: mark).count == 2 && metrics.contains(mark + #""orders-eu""#))
            #expect(try await it.live.versions(of: address).count == 1)
            #expect(try await it.live.episodes(of: address).map(\.["ongoing"].bool) == [true])
        }
    }

    @Test func `a poll under way is neither lost nor made twice`() async throws {
        try await withReloadable { it in
            let ids = it.simulator.fleet.clusterIDs
            // The first ones of the schedule are over when these are.
            for id in ids.prefix(2) { try await it.poll(id) }
            for id in ids.prefix(2) { try it.simulator.inject(SimulatedFault(.delay(.milliseconds(500))), on: id) }
            let seen = ids.map { it.simulator.requests.total(of: $0, path: "/links") }
            try await withThrowingTaskGroup(of: String?.self) { group in
                for id in ids.prefix(2) { group.addTask { try await it.poll(id)["outcome"].string } }
                for index in 0..<2 {
                    try await it.simulator.waitForRequests(of: ids[index], path: "/links", atLeast: seen[index] + 1)
                }
                // One is left as it is, the other is called otherwise and polled at other times.
                try it.edit("{ id: \(ids[1]),", to: "{ id: \(ids[1]), name: other, poll: { interval: 2h },")
                #expect(try await it.reload().json["clusters"]["changed"].texts == [ids[1]])
                for try await outcome in group { #expect(outcome == "success") }
            }
            for index in 0..<2 {
                #expect(it.simulator.requests.total(of: ids[index], path: "/links") == seen[index] + 1)
            }
        }
    }

    @Test func `limits of the server hold from the next connection on`() async throws {
        try await withReloadable { it in
            let long = "/api/v1/links?link_name=" + String(repeating: "x", count: 200)
            #expect(try await it.live.api.send("GET", long).status == 200)
            try it.write(
                it.simulator.fleet.clusterIDs,
                and: "http: { limits: { request_line: 128 }, timeouts: { idle: 70s }, access_log: true }\n"
                    + "retention: { age: 30d }\n"
            )
            let answer = try await it.reload()
            #expect(answer.json["awaiting_restart"].texts == [], "\(answer.text)")
            let curl = CurlClient(userAgent: "linkwatch-tests", maximumConnections: 1)
            let stranger = APIClient(curl: curl, base: it.live.api.base)
            #expect(try await stranger.send("GET", long).status == 414)
            #expect(try await it.live.api.send("GET", long).status == 200, "who was there is not bothered")
            await curl.shutdown()
        }
    }

    @Test func `a service that has stopped takes nothing over`() async throws {
        var stopped: LinkWatchService?
        try await withReloadable { stopped = $0.live.service }
        let service = try #require(stopped)
        let refusal = await #expect(throws: (any Error).self) { try await service.reload() }
        #expect(refusal.map { "\($0)" } == "stopping")
    }

    @Test func `many reloads at once follow one another`() async throws {
        try await withReloadable { it in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask { [live = it.live] in
                        try await live.api.post("/-/reload", token: ReloadableService.token).status
                    }
                }
                for try await status in group { #expect(status == 200) }
            }
            #expect(try await it.live.api.get("/api/v1/clusters").rows.count == 2)
        }
    }

    @Test func `what others can reach does not lose its tokens, whatever the new file says of its addresses`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let path = folder + "linkwatch.yaml"
            let database = "database: \(folder)linkwatch.db\n"
            try write(database + "listen: 0.0.0.0:0\nauth: { anonymous: read }\n", to: path)
            try await withService(try Configuration.load(path: path), path: path) { live in
                try write(database + "listen: 127.0.0.1:0\n", to: path)
                await #expect(throws: (any Error).self) { try await live.service.reload() }
                let sentence =
                    "the addresses in use can be reached from other machines: add auth.tokens, or say auth.anonymous: read"
                let status = try await live.api.get("/api/v1/status")
                #expect(status["configuration"]["reload_problems"] == [.string(sentence)])
                let kept = try await live.api.send("GET", "/api/v1/clusters")
                #expect(kept.status == 200)
            }
        }
    }

    @Test func `a service without a file has nothing to reload`() async throws {
        try await withFleetAndService { _, live in
            // Admin always takes a token, and without a file there is none.
            let answer = try await live.api.post("/-/reload")
            #expect(answer.status == 403)
        }
    }
}
