import ConfluentSimulator
import ExactJSON
import GRDB
import HTTPTypes
import KafkaREST
import Testing

@testable import LinkWatch

/// What comes of requests that a cluster answers badly, late or not at all.
@Suite(.timeLimit(.minutes(2)))
struct ForwardingFaultTests {
    private static let body = #"{"source_cluster_id":"x"}"#

    @Test func `errors are passed on as they come, and expected is nothing of them`() async throws {
        let credential = SimulatedCredential.basic(username: "key", password: "cluster-secret-1")
        try await withManagedService(credential: credential) { managed in
            let page = try await managed.create("a", body: Self.body)
            #expect(page.status == 401 && page.header("Content-Type")?.hasPrefix("text/html") == true)
            #expect(page.text.contains("HTTP ERROR 401") && page.header("WWW-Authenticate") == nil)
            #expect(try await managed.get("/a/configs").text.contains("HTTP ERROR 401"))
            try managed.simulator.apply(.setCredential(managed.cluster, nil))

            let packed = SimulatedFault(.gzip(declared: false), on: .writes, count: 1)
            try managed.simulator.inject(packed, on: managed.cluster)
            let gzip = try await managed.delete("none")
            #expect(gzip.status == 404 && gzip.body.starts(with: [0x1F, 0x8B]), "it does not say so, and stays packed")
            #expect(gzip.header("Content-Type") == "application/json" && gzip.header("Content-Encoding") == nil)
            let says = SimulatedFault(.gzip(declared: true), on: .writes, count: 1)
            try managed.simulator.inject(says, on: managed.cluster)
            #expect(try await managed.delete("none").json["message"].string == "The cluster link doesn't exist.")

            let cases: [(SimulatedFault, Int, String)] = [
                (.rateLimit(retryAfter: "7"), 429, "HTTP ERROR 429"), (.status(503, on: .writes), 503, "50302"),
                (.status(408, on: .writes), 408, "408"),
                (SimulatedFault(.body(status: 202, contentType: "x/y", bytes: [0, 255])), 202, "\0"),
            ]
            for (fault, status, text) in cases {
                let number = try managed.simulator.inject(fault, on: managed.cluster)
                let answer = try await managed.delete("none")
                #expect(answer.status == status && answer.text.contains(text), "\(answer.text)")
                #expect(answer.header("Retry-After") == (status == 429 ? "7" : nil))
                try managed.simulator.clearFault(number, on: managed.cluster)
            }
            let unvalidated =
                #"{"source_cluster_id":"x","configs":[{"name":"bootstrap.servers","value":"b.invalid:1"}]}"#
            let invalid = try await managed.create("a", body: unvalidated)
            #expect(invalid.status == 400 && invalid.json["message"].string?.contains("UNRESOLVABLE_BOOTSTRAP") == true)
            #expect(try await managed.create("a", "&validate_link=false", body: unvalidated).status == 201)
        }
    }

    @Test func `an answer that leads elsewhere or is too large is not passed on`() async throws {
        try await withManagedService { managed in
            let name = managed.simulator.address().linkName
            let away = SimulatedFault.Refusal(307, fields: [.location: "/kafka/v3/elsewhere"])
            try managed.simulator.inject(SimulatedFault(.status(away), on: .writes, count: 2), on: managed.cluster)
            for answer in [try await managed.create("a", body: Self.body), try await managed.delete(name)] {
                #expect(answer.status == 502 && answer.header("Location") == nil)
                #expect(answer.json["message"].string?.contains("redirect") == true, "\(answer.text)")
            }
            #expect(managed.simulator.requests.total(method: "POST") == 1)
            // A small transfer of a huge body.
            let size = KafkaRESTClient.forwardedAnswerLimit
            for kind: SimulatedFault.Kind in [.oversized(bytes: size + 1), .gzip(declared: true)] {
                try managed.simulator.inject(SimulatedFault(kind, on: .details), on: managed.cluster)
            }
            let large = try await managed.get("/\(name)/configs")
            #expect(large.status == 502 && large.json["error_code"].int == 502)
            #expect(large.json["message"].string?.contains("too_large") == true, "\(large.text)")
            try managed.simulator.clearFaults(on: managed.cluster)
            try managed.simulator.inject(SimulatedFault(.oversized(bytes: size), on: .details), on: managed.cluster)
            #expect(try await managed.get("/\(name)/configs").body.count == size)
        }
    }

    @Test func `after a time-out it is not known, said so, and looked for`() async throws {
        try await withManagedService {
            $0.pollEach { $0.timeout = .milliseconds(600) }
        } _: { managed in
            // The simulator creates it and keeps its answer.
            let late = SimulatedFault(.delay(.seconds(20)), on: .writes, count: 1)
            try managed.simulator.inject(late, on: managed.cluster)
            let answer = try await managed.create("slow", body: Self.body)
            #expect(answer.status == 504 && answer.json["error_code"].int == 504)
            #expect(answer.json["message"].string?.contains("not known whether") == true)
            try await managed.awaitListed("slow")
            let outcome = try #require(try await managed.audit().last { $0["action"].string == "link.create.outcome" })
            #expect(outcome["detail"]["http_status"] == .null && outcome["detail"]["carried_out"].string == "unknown")
            #expect(outcome["detail"]["reason"].string == "timeout")
            #expect(managed.simulator.requests.total(method: "POST") == 1, "a write is sent once")
            let held = SimulatedFault(.delay(.seconds(20)), count: 1)
            try managed.simulator.inject(held, on: managed.cluster)
            #expect(try await managed.get("/slow/mirrors").status == 504)
        }
    }

    @Test func `a connection that breaks leaves it unknown, one that is refused does not`() async throws {
        try await withManagedService { managed in
            try managed.simulator.inject(SimulatedFault(.reset(after: nil), on: .writes, count: 1), on: managed.cluster)
            let name = managed.simulator.address().linkName
            let broken = try await managed.delete(name, "?force=true")
            #expect(broken.status == 502 && broken.json["message"].string?.contains("not known whether") == true)
            #expect(managed.simulator.requests.total(method: "DELETE") == 1, "a write is sent once")
            try await managed.awaitListed(name, false)
        }
        try await withManagedService {
            // Nobody listens there.
            for index in $0.clusters.indices {
                $0.clusters[index].endpoint =
                    (try? Configuration.WebAddress(parsing: "http://127.0.0.1:1", parts: .path))
                    ?? $0.clusters[index].endpoint
            }
        } _: { managed in
            let refused = try await managed.create("a", body: Self.body)
            #expect(refused.status == 502 && refused.json["message"].string?.contains("was not carried out") == true)
            let outcome = try #require(try await managed.audit().last)
            #expect(outcome["detail"]["carried_out"].string == "no" && outcome["detail"]["reason"].string == "connect")
            #expect(try await managed.get("/a/configs").status == 502)
        }
    }

    @Test func `a poll that fails does not keep from looking again`() async throws {
        try await withManagedService { managed in
            try managed.simulator.inject(.status(503, on: .lists, count: 2), on: managed.cluster)
            #expect(try await managed.create("a", body: Self.body).status == 201)
            // Its own schedule would ask in hours.
            try await managed.awaitListed("a")
        }
    }

    @Test(arguments: [401, 403, 429])
    func `a cluster that refuses to be asked is not asked more often for that`(status: Int) async throws {
        try await withManagedService(clusters: 2) { managed in
            let (failing, healthy) = (managed.cluster, managed.simulator.fleet.clusterIDs[1])
            let fault = try managed.simulator.inject(.status(status, on: .lists), on: failing)
            try await managed.poll()
            let lists = { managed.simulator.requests.total(of: failing, method: "GET", path: "/links") }
            let before = lists()
            #expect(try await managed.create("a", on: failing, body: Self.body).status == 201)
            #expect(try await managed.create("b", on: healthy, body: Self.body).status == 201)
            try await managed.awaitListed("b", on: healthy)
            #expect(lists() == before, "the look at it was due before the other's")
            try managed.simulator.clearFault(fault, on: failing)
            try await managed.poll()
            #expect(lists() == before + 1)
            // It has recovered, so it is looked at again.
            try await managed.simulator.waitForRequests(of: failing, method: "GET", path: "/links", atLeast: before + 2)
        }
    }

    @Test func `a client that leaves does not break off what it began`() async throws {
        try await withManagedService { managed in
            let slow = SimulatedFault(.delay(.milliseconds(400)), on: .writes, count: 1)
            try managed.simulator.inject(slow, on: managed.cluster)
            let asking = Task { try await managed.create("left", body: Self.body) }
            try await managed.simulator.waitForRequests(of: managed.cluster, method: "POST", atLeast: 1)
            asking.cancel()
            _ = await asking.result
            try await managed.awaitListed("left")
            let outcome = try #require(try await managed.audit().last { $0["action"].string == "link.create.outcome" })
            #expect(outcome["detail"]["http_status"].int == 201)
        }
    }

    @Test func `a stop breaks off what is under way and says that nothing is known of it`() async throws {
        try await withTemporaryFolder { folder in
            try await withManagedService {
                $0.database = folder + "kept.db"
            } _: { managed in
                let slow = SimulatedFault(.delay(.seconds(60)), on: .writes)
                try managed.simulator.inject(slow, on: managed.cluster)
                _ = Task { try await managed.create("cut", body: Self.body) }
                try await managed.simulator.waitForRequests(of: managed.cluster, method: "POST", atLeast: 1)
                let actions = try await managed.audit().map(\.["action"].string)
                #expect(actions == ["cluster.poll", "link.create"], "who asks is stored before the cluster is asked")
            }
            let details = try await DatabaseQueue(path: folder + "kept.db").read { db in
                try String.fetchAll(db, sql: "SELECT detail FROM audit ORDER BY audit_key")
            }
            #expect(details.last?.contains(#""carried_out":"unknown""#) == true, "\(details)")
        }
    }

    @Test func `questions are bounded for each cluster`() async throws {
        try await withManagedService {
            $0.pollEach { $0.timeout = .seconds(3) }
        } _: { managed in
            let name = managed.simulator.address().linkName
            let slow = SimulatedFault(.delay(.seconds(60)), linkName: name, count: 4)
            try managed.simulator.inject(slow, on: managed.cluster)
            let path = "/links/\(name)/configs"
            let asking = (0..<4).map { _ in Task { try await managed.get("/\(name)/configs") } }
            try await managed.simulator.waitForRequests(of: managed.cluster, path: path, atLeast: 4)
            let busy = try await managed.get("/\(name)/mirrors")
            #expect(busy.status == 429 && busy.json["error_code"].int == 42901 && busy.header("Retry-After") == "1")
            for task in asking { #expect(try await task.value.status == 504) }
            #expect(try await managed.get("/\(name)/mirrors").status == 200, "places that were left are free")
        }
    }

    @Test func `settings and mirror topics are what the cluster says, byte for byte`() async throws {
        try await withManagedService { managed in
            let address = managed.simulator.address()
            try managed.simulator.apply(.setTopics(address, ["one", "two"]))
            for path in ["/\(address.linkName)/configs", "/\(address.linkName)/mirrors", "/-/mirrors"] {
                let answer = try await managed.get(path)
                let direct = try await managed.direct(path)
                #expect(answer.status == 200 && answer.body == direct.body)
                #expect(answer.header("Cache-Control") == "no-store" && answer.header("Age") == nil)
                let head = try await managed.live.api.send("HEAD", managed.links + path)
                #expect(head.status == 200 && head.body.isEmpty)
            }
            let all = try await managed.get("/\(address.linkName)/mirrors").json.rows
            #expect(all.compactMap(\.["mirror_topic_name"].string) == ["one", "two"])
            let status = try #require(all.first?["mirror_status"].string)
            #expect(try await managed.get("/\(address.linkName)/mirrors?mirror_status=\(status)").json.rows.count == 2)
            #expect(try await managed.get("/\(address.linkName)/mirrors?mirror_status=STOPPED").json.rows.isEmpty)
            let missing = try await managed.get("/none/configs")
            #expect(missing.status == 404 && missing.json["error_code"].int == 404)
        }
    }
}
