import ConfluentSimulator
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// `kill -9` while people are being told: nothing is forgotten, and nothing is told twice under two ids.
@Suite(.timeLimit(.minutes(10)))
struct NotificationKillTests {
    private static let rounds = ProcessInfo.processInfo.environment["LINKWATCH_KILL_ROUNDS"].flatMap(Int.init) ?? 6

    @Test func `each incident is told once and its end once, whenever the service is killed`() async throws {
        try await withUpstream(clusters: 1, links: 4) { simulator, base in
            try await withTemporaryFolder { folder in
                try await WebhookReceiver.with { receiver in
                    let path = folder + "linkwatch.yaml"
                    try write(yaml(simulator.fleet.clusterIDs, base, folder, receiver.url), to: path)
                    let address = simulator.address(link: 1)
                    let others = Set(simulator.fleet.clusters[0].links.map(\.name)).subtracting([address.linkName])
                    for name in others {
                        try simulator.apply(.setError(LinkAddress(address.clusterID, name), code: nil, message: nil))
                    }
                    for round in 0..<Self.rounds {
                        try simulator.apply(.setError(address, code: "TIMEOUT_ERROR", message: "round \(round)"))
                        try await life(path, killedAfter: round) {
                            _ = try await receiver.await { told($0, "firing", address, "round \(round)") }
                        }
                        try simulator.apply(.setError(address, code: nil, message: nil))
                        try await life(path, killedAfter: round + 1) {
                            _ = try await receiver.await { told($0, "resolved", address, "round \(round)") }
                        }
                    }
                    let deliveries = receiver.deliveries
                    for round in 0..<Self.rounds {
                        for type in ["firing", "resolved"] {
                            let ids = deliveries.filter { told($0, type, address, "round \(round)") }.map(\.id)
                            #expect(Set(ids).count == 1, "\(type) of round \(round): \(ids)")
                        }
                    }
                    // After each kill at most what was under way is told again, and a round kills three times.
                    let repeated = deliveries.count - Set(deliveries.map(\.id)).count
                    #expect(repeated <= 3 * Self.rounds, "\(repeated)")
                    try await expectSound(folder + "linkwatch.db")
                }
            }
        }
    }

    /// One life that is killed as soon as its part is done, or at once where nothing was to be seen yet.
    private func life(_ path: String, killedAfter count: Int, _ body: () async throws -> Void) async throws {
        if count.isMultiple(of: 2) {
            // A life that sees a part of it only.
            try await withLinkWatch("serve", "--config", path) { process in
                _ = try #require(await process.text(after: "http.address=", on: .error), "\(process.errors)")
                process.send(SIGKILL)
            }
        }
        try await withLinkWatch("serve", "--config", path) { process in
            _ = try #require(await process.text(after: "http.address=", on: .error), "\(process.errors)")
            try await body()
            process.send(SIGKILL)
        }
    }

    private func told(
        _ delivery: WebhookReceiver.Delivery,
        _ type: String,
        _ address: LinkAddress,
        _ message: String
    ) -> Bool {
        guard delivery.type == type, let alerts = delivery.body["alerts"].array else { return false }
        return alerts.contains { $0["link_name"].string == address.linkName && $0["message"].string == message }
    }

    private func yaml(_ ids: [String], _ base: String, _ folder: String, _ hook: String) -> String {
        """
        listen: 127.0.0.1:0
        database: \(folder)linkwatch.db
        poll: { interval: 100ms, timeout: 100ms, stale_after: 1h, tasks: false }
        clusters:
        \(ids.map { "  - { id: \($0), endpoint: \(base), poll: { timeout: 100ms } }" }.joined(separator: "\n"))
        alerts:
          flapping: { changes: 1000, window: 1h }
          notify:
            - webhook: { url: "\(hook)", name: hook }

        """
    }

    private func expectSound(_ path: String) async throws {
        let verification = try await runLinkWatch("verify", path)
        #expect(verification.ending == .exit(0), "\(verification.output)\(verification.errors)")
    }
}
