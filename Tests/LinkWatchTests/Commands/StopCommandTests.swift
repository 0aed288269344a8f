import ConfluentSimulator
import CurlHTTP
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// The end of the process: soon, in order, and with everything stored, whatever is under way.
@Suite(.timeLimit(.minutes(2)))
struct StopCommandTests {
    /// Watches a fleet, tells a receiver that never answers, and is asked for changes in both ways of waiting.
    @Test(arguments: [SIGTERM, SIGINT])
    func `a busy service ends within two seconds, with the log written into the file`(_ signal: Int32) async throws {
        try await withUpstream(clusters: 3, links: 200) { simulator, base in
            try await withTemporaryFolder { folder in
                // Takes connections and says nothing.
                let receiver = try ListeningPort("127.0.0.1")
                let path = folder + "linkwatch.yaml"
                try write(yaml(simulator.fleet.clusterIDs, base, folder, webhook: receiver.port), to: path)
                for id in simulator.fleet.clusterIDs {
                    let address = LinkAddress(id, try simulator.fleet.cluster(id).links[0].name)
                    try simulator.apply(.setError(address, code: "TIMEOUT_ERROR", message: "no answer"))
                }
                try await withLinkWatch("serve", "--config", path) { process in
                    let address = try #require(await process.text(after: "http.address=", on: .error))
                    let curl = CurlClient(userAgent: "linkwatch-tests", maximumConnections: 16)
                    let api = APIClient(curl: curl, base: "http://" + address)
                    try await api.awaitAnswer(to: "/api/v1/alerts?state=firing") { $0.rows.count == 3 }
                    while !receiver.hasCaller { await Task.yield() }
                    try simulator.inject(SimulatedFault(.delay(.seconds(600))), on: simulator.fleet.clusterIDs[0])
                    let hanging = simulator.fleet.clusterIDs[0]
                    let asked = simulator.requests.total(of: hanging)
                    let latest = try await api.send("GET", "/api/v1/links").header("Linkwatch-Sequence") ?? "0"
                    await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { _ = try await api.post("/api/v1/clusters/\(hanging)/poll") }
                        group.addTask { _ = try await api.send("GET", "/api/v1/changes?wait=30s&after=\(latest)") }
                        group.addTask { _ = try await api.send("GET", "/api/v1/changes/stream?cluster_id=\(hanging)") }
                        try? await simulator.waitForRequests(of: hanging, atLeast: asked + 1)
                        // The others bring news, which is being written when the signal comes.
                        for cluster in simulator.fleet.clusters.dropFirst() {
                            for link in cluster.links {
                                try? simulator.apply(.setTopics(LinkAddress(cluster.id, link.name), ["news"]))
                            }
                            group.addTask { _ = try await api.post("/api/v1/clusters/\(cluster.id)/poll") }
                        }
                        let start = ContinuousClock.now
                        process.send(signal)
                        #expect(await process.end() == .exit(0))
                        #expect(start.duration(to: .now) < .seconds(2))
                        group.cancelAll()
                    }
                    let wal = try? FileManager.default.attributesOfItem(atPath: folder + "linkwatch.db-wal")
                    #expect(wal?[.size] as? Int ?? 0 == 0, "the log is written into the file")
                    await curl.shutdown()
                }
                #expect(try await runLinkWatch("verify", folder + "linkwatch.db").ending == .exit(0))
            }
        }
    }

    @Test func `a second signal ends the process at once`() async throws {
        try await withUpstream { simulator, base in
            try await withTemporaryFolder { folder in
                let path = folder + "linkwatch.yaml"
                try write(yaml(simulator.fleet.clusterIDs, base, folder, webhook: 9), to: path)
                try await withLinkWatch("serve", "--config", path) { process in
                    let address = try #require(await process.text(after: "http.address=", on: .error))
                    // An orderly stop gives a client that has asked half a question a second.
                    let half = try HalfQuestion(port: address)
                    defer { half.close() }
                    process.send(SIGTERM)
                    #expect(await process.text(after: "msg=stopping", on: .error) != nil)
                    process.send(SIGTERM)
                    #expect(await process.end() == .exit(128 + SIGTERM))
                }
            }
        }
    }

    private func yaml(_ ids: [String], _ base: String, _ folder: String, webhook: UInt16) -> String {
        """
        listen: 127.0.0.1:0
        database: \(folder)linkwatch.db
        poll: { interval: 200ms, timeout: 200ms, stale_after: 1h, tasks: false }
        alerts: { failure_threshold: 1, notify: [ { webhook: { url: 'http://127.0.0.1:\(webhook)/' } } ] }
        clusters:
        \(ids.map { "  - { id: \($0), endpoint: \(base), poll: { interval: 60s, timeout: 60s } }" }.first ?? "")
        \(ids.dropFirst().map { "  - { id: \($0), endpoint: \(base) }" }.joined(separator: "\n"))

        """
    }
}

/// A connection on which half a head was sent.
private struct HalfQuestion {
    private let descriptor: Int32

    /// - Parameter port: as in `127.0.0.1:8080`.
    init(port address: String) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var peer = sockaddr_in()
        peer.sin_family = sa_family_t(AF_INET)
        peer.sin_port = try #require(address.split(separator: ":").last.flatMap { UInt16($0) }).bigEndian
        inet_pton(AF_INET, "127.0.0.1", &peer.sin_addr)
        let descriptor = descriptor
        let isConnected = withUnsafePointer(to: &peer) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        try #require(isConnected)
        let text = Array("GET /livez HTTP/1.1\r\nHost:".utf8)
        try #require(send(descriptor, text, text.count, 0) == text.count)
    }

    func close() { _ = Foundation.close(descriptor) }
}
