import ClusterLinks
import ExactJSON
import GRDB
import Inventory
import NaiveInventory
import Testing

/// The past that a fixture holds: a random one, whose answers are checked, and after it one that has what chance leaves out.
///
/// The same on every machine: nothing in it depends on time or on the order of a set.
struct FixtureHistory {
    private let fixture: InventoryFixture
    private var clock: HandClock { fixture.clock }

    private static let north = ClusterID("lkc-north")
    private static let south = ClusterID("Zk3wW4mLQ0uY5tq9PzE1aA")
    /// Only ever fails.
    private static let deaf = ClusterID("lkc-deaf")
    /// Is configured and never polled.
    private static let unheard = ClusterID("lkc-unheard")

    /// Writes a new file, over several restarts, and closes it.
    /// - Returns: the instant to ask at: `north` is stale by then, `south` is not.
    static func write(to path: String) async throws -> Instant {
        var random = try await RandomHistory(seed: 37, path: path)
        for step in 1...120 {
            try await random.step()
            if step % 17 == 0 { try await random.restart() }
        }
        await random.inventory.storeSightings()
        let stored = try DatabaseQueue(path: path)
        try await Comparison(random, stored, seed: 37).all()
        try stored.close()
        try await random.inventory.close()
        let history = FixtureHistory(
            fixture: InventoryFixture(path: path, clock: HandClock(random.now.milliseconds))
        )
        try await history.firstLife()
        try await history.secondLife()
        try await history.lastLife()
        return history.clock.now().advanced(by: .seconds(240))
    }

    /// Of the random clusters the first goes on being configured and is not polled; the second is left out.
    private func firstLife() async throws {
        clock.advance(by: .seconds(3600))
        let clusters = [
            ClusterDescription(
                id: Self.north,
                name: "North",
                labels: ["env": "prod", "team": "Größe & \"co\""],
                endpointHost: "north.example.com"
            ),
            ClusterDescription(id: Self.south, staleAfter: .seconds(90)),
            ClusterDescription(id: RandomHistory.clusters[0]),
        ]
        try await fixture.life(clusters: clusters) { inventory in
            try await list(FixtureLinks.baseline, inventory)
            let orders = LinkIdentity.id(try #require(ClusterLinkID("ordersFirstIncarnatn00")))
            try await read(FixtureLinks.tasks, of: orders, inventory)
            try await read(FixtureLinks.tasksLater, of: orders, inventory)
            for _ in 1...3 { await unchanged(inventory) }
            try await list(FixtureLinks.secondMessage, inventory)
            for _ in 1...2 { await fail("timeout", nil, "no answer in 10 s", inventory) }
            await fail("server_error", 503, "503 Service Unavailable", inventory)
            try await read(FixtureLinks.tasksLater, of: .name(try #require(LinkName("bare"))), inventory)
            try await list(FixtureLinks.otherErrorAndIDs, inventory)
            try await list(FixtureLinks.recoveredAndRenamed, inventory)
            try await read(FixtureLinks.tasks, of: .id(try #require(ClusterLinkID("id-of-bare"))), inventory)
            try await read(FixtureLinks.tasks, of: .id(try #require(ClusterLinkID("id-spaces"))), inventory)
            try await read("[]", of: .id(try #require(ClusterLinkID("id-dots"))), inventory)
            // North goes on in the third hour, then the clock is set back and south begins in the first.
            clock.advance(by: .seconds(3 * 3600))
            try await list(FixtureLinks.badStates, inventory)
            clock.advance(by: .seconds(-2 * 3600))
            try await list([], on: Self.south, inventory)
            try await list(FixtureLinks.south, on: Self.south, inventory)
            try await list(FixtureLinks.worseStates, inventory)
        }
    }

    /// Describes a cluster anew, retires one in the middle, and adds two.
    private func secondLife() async throws {
        clock.advance(by: .seconds(26 * 3600))
        let north = ClusterDescription(id: Self.north, name: "North (old)", endpointHost: "north.example.com")
        let others = [Self.deaf, Self.unheard].map { ClusterDescription(id: $0) }
        let clusters = [north, ClusterDescription(id: Self.south, staleAfter: .seconds(300))] + others
        try await fixture.life(clusters: clusters) { inventory in
            try await list(FixtureLinks.worseStates, inventory)
            try await list(FixtureLinks.recreated, inventory)
            try await list(FixtureLinks.worseStates, inventory)
            try await list(FixtureLinks.recreated, inventory)
            for _ in 1...2 { await unchanged(inventory) }
            try await list(FixtureLinks.south + FixtureLinks.southMore, on: Self.south, inventory)
            await inventory.configure([north] + others)
            for _ in 1...3 { await fail("dns", nil, "deaf.example.com is not known", on: Self.deaf, inventory) }
            try await list(FixtureLinks.returned, inventory)
        }
    }

    /// Restores what was retired and leaves episodes open.
    private func lastLife() async throws {
        clock.advance(by: .seconds(600))
        let clusters = [
            ClusterDescription(id: Self.north, name: "North", labels: ["env": "test"], endpointHost: "n.example.com"),
            ClusterDescription(id: Self.south, staleAfter: .seconds(300)),
            ClusterDescription(id: Self.deaf), ClusterDescription(id: Self.unheard),
            ClusterDescription(id: RandomHistory.clusters[1]),
        ]
        try await fixture.life(clusters: clusters) { inventory in
            try await list(FixtureLinks.returned, inventory)
            try await list(FixtureLinks.left, inventory)
            let orders = LinkIdentity.id(try #require(ClusterLinkID("ordersOtherIncarnatn00")))
            try await read(FixtureLinks.tasks, of: orders, inventory)
            await fail("timeout", nil, "no answer in 10 s", inventory)
            try await list(FixtureLinks.south, on: Self.south, inventory)
            await unchanged(on: Self.south, inventory)
        }
    }
}

extension FixtureHistory {
    private func list(
        _ links: [String],
        on cluster: ClusterID = north,
        _ inventory: InventoryStore
    ) async throws {
        clock.advance(by: .seconds(60))
        let items = try links.compactMap { try JSONValue(parsing: $0).object }
        try await inventory.list(items, on: cluster, at: clock.now())
    }

    private func unchanged(on cluster: ClusterID = north, _ inventory: InventoryStore) async {
        clock.advance(by: .seconds(60))
        await inventory.unchanged(on: cluster, at: clock.now())
    }

    private func read(_ tasks: String, of link: LinkIdentity, _ inventory: InventoryStore) async throws {
        clock.advance(by: .seconds(1))
        let reading = TaskReading(try JSONValue(parsing: tasks))
        await inventory.record(reading, of: link, on: Self.north, at: clock.now())
    }

    private func fail(
        _ reason: String,
        _ status: Int?,
        _ message: String,
        on cluster: ClusterID = north,
        _ inventory: InventoryStore
    ) async {
        clock.advance(by: .seconds(60))
        _ = await inventory.record(
            PollObservation(
                cluster: cluster,
                at: clock.now(),
                duration: .microseconds(10_000_123),
                httpStatus: status,
                result: .failure(reason: reason, message: message)
            )
        )
    }
}
