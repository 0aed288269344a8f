import ConfluentSimulator
import ExactJSON
import Foundation
import GRDB
import Testing

@testable import LinkWatch

/// Creating and deleting links through a running service, on the simulated Kafka REST.
@Suite(.timeLimit(.minutes(2)))
struct ManagementTests {
    private static let secret = "hunter2-correct-horse-battery"
    private static let body = """
        {"source_cluster_id":"lkc-elsewhere","configs":[{"name":"bootstrap.servers","value":"b.example.org:9092"},
        {"name":"sasl.jaas.config","value":"\(secret)"}]}
        """

    @Test func `a link is created, becomes visible, errs and is deleted`() async throws {
        // What the cluster accepts takes effect when the test says so.
        let timing = SimulatorTiming(creation: .seconds(3600), deletion: .seconds(3600))
        try await withManagedService(timing: timing) { managed in
            let address = LinkAddress(managed.cluster, "orders-dr")
            let trial = try await managed.create("orders-dr", "&validate_only=true", body: Self.body)
            #expect(trial.status == 201)
            let created = try await managed.create("orders-dr", "&validate_link=true", body: Self.body)
            #expect(created.status == 201 && created.body.isEmpty && created.header("Via") == "1.1 linkwatch")
            #expect(try await managed.get("/orders-dr").json["error_code"].int == 404, "it is not visible at once")
            managed.simulator.settle()
            try await managed.awaitListed("orders-dr")
            let again = try await managed.create("orders-dr", body: Self.body)
            #expect(again.status == 400 && again.json["message"].string?.contains("already exists") == true)

            try managed.simulator.apply(.setTopics(address, ["orders"]))
            try managed.simulator.apply(.setError(address, code: "AUTHENTICATION_ERROR", message: "no"))
            try await managed.poll()
            #expect(try await managed.get("/orders-dr").json["link_error"].string == "AUTHENTICATION_ERROR")

            #expect(try await managed.delete("orders-dr", "?force=true&validate_only=true").status == 204)
            let refused = try await managed.delete("orders-dr")
            #expect(refused.status == 403 && refused.json["error_code"].int == 403, "mirror topics are live")
            let deleted = try await managed.delete("orders-dr", "?force=true")
            #expect(deleted.status == 204 && deleted.body.isEmpty)
            #expect(try await managed.get("/orders-dr").status == 200, "it is still listed")
            managed.simulator.settle()
            try await managed.awaitListed("orders-dr", false)
            #expect(try await managed.delete("orders-dr").status == 404)

            let changes = try await managed.live.api.get("/api/v1/changes").rows
                .filter { $0["link_name"].string == "orders-dr" }
            #expect(changes.map(\.["kind"].string) == ["created", "changed", "deleted"])
            let audit = try await managed.audit().filter { $0["action"].string?.hasPrefix("link.") == true }
            #expect(audit.allSatisfy { $0["target"].string == "\(managed.cluster)/orders-dr" })
            #expect(audit.allSatisfy { $0["actor"].string == "root" && $0["peer"].string == "127.0.0.1" })
            #expect(
                audit.map { $0["detail"]["http_status"].int }
                    == [201, 201, 400, 204, 403, 204, 404].flatMap { [nil, $0] }
            )
            for (asked, outcome) in zip(audit, audit.dropFirst()).enumerated().filter({ $0.offset.isMultiple(of: 2) })
                .map(\.element)
            {
                #expect(outcome["action"].string == (asked["action"].string ?? "") + ".outcome")
                #expect(outcome["detail"]["request"] == asked["detail"]["request"])
                #expect(outcome["detail"]["query"] == asked["detail"]["query"])
            }
            #expect(audit[0]["detail"]["query"] == ["validate_only": true])
            let seen = managed.log.lines.filter { $0.contains("inventory shows what a cluster was asked to change") }
            #expect(seen.count == 2, "one line each, none for a trial: \(seen)")
            #expect(seen.map { $0.contains("link.change=create") } == [true, false])
        }
    }

    @Test func `no secret of a body reaches the log, the database or an answer`() async throws {
        try await withManagedService { managed in
            try managed.simulator.inject(.status(500, on: .writes, count: 1), on: managed.cluster)
            for (body, status) in [
                (Self.body, 500), (Self.body, 201), (Self.body.replacing("]", with: ""), 400),
                (Self.body.replacing("\"\(Self.secret)\"", with: "[\"\(Self.secret)\"]"), 400),
                (Self.body + String(repeating: " ", count: 1 << 20), 413),
            ] {
                let answer = try await managed.create("secretive", body: body)
                #expect(answer.status == status && !answer.text.contains(Self.secret), "\(answer.text)")
            }
            try await managed.awaitListed("secretive")
            let configs = try await managed.get("/secretive/configs")
            #expect(configs.status == 200 && !configs.text.contains(Self.secret))
            #expect(configs.json.rows.contains { $0["name"].string == "sasl.jaas.config" })
            for path in ["/api/v1/links", "/api/v1/changes", "/api/v1/status", "/metrics"] {
                #expect(try await managed.live.api.send("GET", path).text.contains(Self.secret) == false)
            }
            let audit = try await managed.audit()
            #expect(audit.filter { $0["action"].string?.hasPrefix("link.create") == true }.count == 4)
            #expect(!"\(audit)".contains(Self.secret))
            #expect(!managed.log.lines.joined().contains(Self.secret))
            for file in try FileManager.default.contentsOfDirectory(atPath: managed.folder) {
                let data = try Data(contentsOf: URL(filePath: managed.folder + file))
                #expect(data.range(of: Data(Self.secret.utf8)) == nil, "\(file)")
            }
            let fleet = managed.simulator.fleet
            let link = try #require(fleet.clusters[0].links.first { $0.name == "secretive" })
            #expect(link.configs["sasl.jaas.config"] == Self.secret, "it reached the cluster")
        }
    }

    @Test func `it is off by default, turned on by a reload, and for the role admin alone`() async throws {
        try await withReloadable(clusters: 1) { it in
            let id = it.simulator.fleet.clusterIDs[0]
            let path = "/kafka/v3/clusters/\(id)/links?link_name=late"
            let off = try await it.live.api.post(path, token: ReloadableService.token)
            #expect(off.status == 403 && off.json["message"].string?.contains("management: true") == true)
            try it.write([id], and: "management: true\n")
            #expect(try await it.reload().status == 200)
            let reader = try await it.live.api.post(path)
            #expect(reader.status == 403 && reader.json["message"].string?.contains("the role admin") == true)
            #expect(try await it.live.api.post(path, token: ReloadableService.token).status == 400)
            let body = #"{"source_cluster_id":"x"}"#
            #expect(try await it.live.api.post(path, token: ReloadableService.token, body: body).status == 201)
            try it.write([id])
            #expect(try await it.reload().status == 200)
            #expect(try await it.live.api.post(path, token: ReloadableService.token, body: body).status == 403)
            #expect(it.simulator.requests.total(method: "POST") == 2)
        }
    }

    @Test func `a link with an odd name is deleted, and no other`() async throws {
        let names = [
            "a.b", "...", "x/y", "two words", "schön", "漢字😀", "50%", "q?#&=+;", "%41", "\"\\'<b>", "%2e%2e", "-x",
        ]
        try await withManagedService { managed in
            let others = managed.simulator.fleet.clusters[0].links.map(\.name)
            for name in names {
                let link = SimulatedLink(name: name, id: managed.simulator.makeLinkID(), remoteClusterID: "x")
                try managed.simulator.apply(.create(managed.cluster, link))
            }
            try await managed.poll()
            for (index, name) in names.enumerated() {
                let escaped = try #require(name.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
                #expect(try await managed.get("/\(escaped)/configs").status == 200, "\(name)")
                #expect(try await managed.delete(escaped).status == 204, "\(name)")
                let left = managed.simulator.fleet.clusters[0].links.filter { $0.phase == .listed }.map(\.name)
                #expect(Set(left) == Set(others + names.dropFirst(index + 1)))
                // What is no name of Kafka's is refused by the cluster and not here.
                let made = try await managed.create(escaped, "&validate_only=true", body: #"{"source_cluster_id":"x"}"#)
                let isKafkas = ["a.b", "...", "-x"].contains(name)
                #expect(made.status == (isKafkas ? 201 : 400), "\(made.text)")
                #expect(isKafkas || made.json["message"].string == "Invalid Cluster Link Name.")
            }
            try await managed.poll()
            let list = try await managed.live.api.get(managed.links)
            #expect(Set(list.rows.compactMap(\.["link_name"].string)) == Set(others))
        }
    }

    @Test func `nothing is asked of a cluster while the audit cannot be written`() async throws {
        try await withManagedService { managed in
            let database = try DatabaseQueue(path: managed.folder + "linkwatch.db")
            try await database.write { db in
                try db.execute(
                    sql: "CREATE TRIGGER refuse BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'refused'); END"
                )
            }
            let name = managed.simulator.address().linkName
            let answer = try await managed.delete(name)
            #expect(answer.status == 503 && answer.json["error_code"].int == 50302, "\(answer.text)")
            #expect(answer.header("Retry-After") != nil)
            #expect(managed.simulator.requests.total(method: "DELETE") == 0)
            try await database.write { try $0.execute(sql: "DROP TRIGGER refuse") }
            #expect(try await managed.delete(name, "?force=true").status == 204)
        }
    }
}
