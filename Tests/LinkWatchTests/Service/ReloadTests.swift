import ConfluentSimulator
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// Another configuration while the service runs: read and checked first, then swapped.
@Suite(.timeLimit(.minutes(2)))
struct ReloadTests {
    private static let token = "0123456789abcdef-admin"

    /// A running service with a file behind it, and a way to write that file anew.
    private struct Reloadable {
        let simulator: SimulatorControl
        let live: LiveService
        let path: String
        let text: ([String]) -> String

        func write(_ clusters: [String], and more: String = "") throws {
            try LinkWatchTests.write(text(clusters) + more, to: path)
        }

        func reload(token: String = ReloadTests.token) async throws -> APIClient.Answer {
            try await live.api.post("/-/reload", token: token)
        }
    }

    private func withReloadable(_ body: (Reloadable) async throws -> Void) async throws {
        try await withUpstream(clusters: 3) { simulator, base in
            try await withTemporaryFolder { folder in
                try write(Self.token + "\n", to: folder + "token")
                let text = { (ids: [String]) in
                    """
                    listen: 127.0.0.1:0
                    database: \(folder)linkwatch.db
                    poll: { interval: 1h, timeout: 20s }
                    auth: { anonymous: read, tokens: [{ name: admin, role: admin, token_file: \(folder)token }] }
                    clusters:
                    \(ids.map { "  - { id: \($0), endpoint: \(base) }" }.joined(separator: "\n"))

                    """
                }
                let path = folder + "linkwatch.yaml"
                try write(text(Array(simulator.fleet.clusterIDs.prefix(2))), to: path)
                let configuration = try Configuration.load(path: path)
                try await withService(configuration, path: path) { live in
                    try await body(Reloadable(simulator: simulator, live: live, path: path, text: text))
                }
            }
        }
    }

    private func poll(_ cluster: String, _ live: LiveService) async throws -> JSONValue {
        try await live.api.post("/api/v1/clusters/\(cluster)/poll", token: Self.token).json
    }

    @Test func `a cluster leaves and comes back, and others are left alone`() async throws {
        try await withReloadable { it in
            let ids = it.simulator.fleet.clusterIDs
            for id in ids.prefix(2) { #expect(try await poll(id, it.live)["outcome"].string == "success") }
            let address = it.simulator.address(cluster: 1)
            let first = try await it.live.link(address)["first_observed_at"]

            try it.write([ids[0], ids[2]])
            let swap = try await it.reload()
            #expect(swap.status == 200, "\(swap.text)")
            #expect(swap.json["clusters"]["added"].texts == [ids[2]])
            #expect(swap.json["clusters"]["removed"].texts == [ids[1]])
            #expect(swap.json["clusters"]["changed"].texts == [])
            #expect(try await poll(ids[2], it.live)["outcome"].string == "success")
            #expect(try await poll(ids[1], it.live)["status"].int == 409)
            let listed = Set(try await it.live.api.get("/api/v1/links").rows.compactMap(\.["cluster_id"].string))
            #expect(listed == [ids[0], ids[2]])

            try it.write(Array(ids.prefix(2)))
            #expect(try await it.reload().json["clusters"]["added"].texts == [ids[1]])
            #expect(try await poll(ids[1], it.live)["changes"].int == 0)
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
            let folder = String(it.path.dropLast("linkwatch.yaml".count))
            try write("0123456789abcdef-other", to: folder + "other")
            let text = try String(contentsOfFile: it.path, encoding: .utf8)
            try write(text.replacing("\(folder)token", with: "\(folder)other"), to: it.path)
            #expect(try await it.reload().status == 200)
            #expect(try await it.reload().status == 401)
            #expect(try await it.reload(token: "0123456789abcdef-other").status == 200)
        }
    }

    @Test func `what cannot be taken up while running is told and waits`() async throws {
        try await withReloadable { it in
            let text = try String(contentsOfFile: it.path, encoding: .utf8)
            try write(text.replacing("listen: 127.0.0.1:0", with: "listen: 127.0.0.1:1"), to: it.path)
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
            #expect(try await poll(id, it.live)["reason"].string == "authentication")
            let seen = it.simulator.requests.total(of: id, path: "/links")
            let text = try String(contentsOfFile: it.path, encoding: .utf8)
            try write(
                text.replacing(
                    "{ id: \(id),",
                    with: "{ id: \(id), auth: { basic: { username: key, password: secret } },"
                ),
                to: it.path
            )
            #expect(try await it.reload().json["clusters"]["changed"].texts == [id])
            try await it.simulator.waitForRequests(of: id, path: "/links", atLeast: seen + 1)
            try await it.live.api.awaitAnswer(to: "/api/v1/clusters/\(id)") { $0["links"]["ok"].int == 3 }
        }
    }

    @Test func `many reloads at once follow one another`() async throws {
        try await withReloadable { it in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask { [live = it.live] in
                        try await live.api.post("/-/reload", token: Self.token).status
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
