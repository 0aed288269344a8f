import ClusterLinks
import Foundation
import HTTPServing
import Inventory
import InventoryAPI
import Logging
import NaiveInventory
import Testing

/// Every answer against a model that keeps all observations as they came and works each answer out anew.
struct ModelTests {
    private static let seeds = HistorySeeds.asked(orFirst: 100)
    private static let shards = 8
    /// All of them where one seed is looked at.
    private static let shown = seeds.count == 1 ? 1000 : 3

    @Test(arguments: 0..<shards)
    func everyAnswerFollowsFromTheObservations(shard: Int) async throws {
        for seed in Self.seeds where seed % Self.shards == shard {
            try await withVolatileFolder { folder in
                let differences = try await Self.differences(seed: seed, in: folder)
                if !differences.isEmpty {
                    let shown = differences.prefix(Self.shown).joined(separator: "\n")
                    Issue.record("seed \(seed), \(differences.count):\n\(shown)")
                }
            }
        }
    }

    private static func differences(seed: Int, in folder: URL) async throws -> [String] {
        var history = try await RandomHistory(seed: seed, path: folder.appending(path: "test.db").path)
        for step in 1...40 {
            try await history.step()
            if step % 13 == 0 { try await history.restart() }
        }
        await history.inventory.storeSightings()
        let fleet = NaiveFleet(history)
        let differences = try await answered(history) { port in
            var interrogation = try Interrogation(fleet, LastingConnection(port: port), seed: seed)
            try interrogation.everything()
            return interrogation.differences
        }
        try await history.inventory.close()
        return differences
    }

    /// Serves the inventory while questions are asked on a thread of their own.
    private static func answered(
        _ history: RandomHistory,
        _ ask: @escaping @Sendable (UInt16) throws -> [String]
    ) async throws -> [String] {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let interface = InventoryAPI(
            inventory: history.inventory,
            time: history.clock,
            polls: FakePolls(store: history.inventory, clock: history.clock),
            upstream: FakeUpstream(),
            service: FakeFacts(startedAt: history.clock.now()),
            policy: AccessPolicy()
        )
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(limits: HTTPLimits(requestsPerConnection: .max)),
            router: try interface.makeRouter(),
            logger: logger
        )
        guard case .ip(_, let port)? = try server.start().first else { return ["no port"] }
        let feeding = Task { await interface.run() }
        let result: Result<[String], any Error> = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: Result { try ask(port) }) }
        }
        feeding.cancel()
        await feeding.value
        await server.stop(deadline: .zero)
        return try result.get()
    }
}

extension Interrogation {
    mutating func everything() throws {
        try clusters()
        try links()
        try history()
        try errors()
        try observations()
        try confluent()
        try changes()
        try diff()
        try availability()
        try pairs()
        try topology()
        try evidence()
        try alerts()
        try incidents()
    }
}
