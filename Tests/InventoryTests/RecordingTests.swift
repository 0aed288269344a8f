import ClusterLinks
import Inventory
import Testing

struct RecordingTests {
    private let link = History.LinkSelection(cluster: InventoryFixture.cluster, name: "orders")

    @Test func aFlappingLinkLeavesItsVersionsAndEpisodesWithExactTimes() async throws {
        try await InventoryFixture.with { fixture in
            try await fixture.life { inventory in
                let clock = fixture.clock
                let start = clock.now()
                for (index, error) in [nil, "TIMEOUT_ERROR", nil, "AUTHENTICATION_ERROR"].enumerated() {
                    try await inventory.list(
                        [item("orders", error: error, message: error.map { "\($0) of \(index)" })],
                        at: clock.now()
                    )
                    clock.advance(by: .seconds(60))
                }
                let versions = try await inventory.history.versions(of: link, page: .init())
                #expect(versions.map { ($0.validFrom - start).milliseconds } == [180_000, 120_000, 60_000, 0])
                #expect(
                    versions.map { $0.validTo.map { ($0 - start).milliseconds } } == [nil, 180_000, 120_000, 60_000]
                )
                #expect(
                    versions.map(\.changed.names) == [
                        ["link_error", "link_error_message"], ["link_error", "link_error_message"],
                        ["link_error", "link_error_message"], [],
                    ]
                )
                let episodes = try await inventory.history.episodes(of: link, page: .init(), now: clock.now())
                #expect(episodes.map(\.trouble.linkError) == ["AUTHENTICATION_ERROR", "TIMEOUT_ERROR"])
                #expect(episodes.map { $0.length } == [.seconds(60), .seconds(60)])
                #expect(episodes.map(\.observations) == [1, 1])
                #expect(
                    episodes.map { $0.messages.map(\.message) } == [
                        ["AUTHENTICATION_ERROR of 3"], ["TIMEOUT_ERROR of 1"],
                    ]
                )
                #expect(episodes.map(\.startedBeforeObservation) == [false, false])
            }
            let bodies = try fixture.read("SELECT count(*) FROM documents", as: Int.self)
            #expect(bodies == [3])
        }
    }

    @Test func anUnchangedPollWritesNothingButItsSighting() async throws {
        try await InventoryFixture.with { fixture in
            try await fixture.life { inventory in
                try await inventory.list([item("orders")], at: fixture.clock.now())
                let before = try rows(fixture)
                for _ in 0..<10 {
                    fixture.clock.advance(by: .seconds(60))
                    await inventory.unchanged(at: fixture.clock.now())
                    try await inventory.list([item("orders")], at: fixture.clock.now())
                    await inventory.storeSightings()
                }
                #expect(try rows(fixture) == before)
                let runs = try await inventory.history.pollRuns(of: InventoryFixture.cluster, page: .init())
                #expect(runs.map(\.run.count) == [21])
            }
        }
    }

    @Test func aRestartGoesOnWithoutAChangeOrAGap() async throws {
        try await InventoryFixture.with { fixture in
            let items = [item("orders", error: "TIMEOUT_ERROR", message: "slow"), item("bare", id: nil)]
            let before = try await fixture.life { inventory in
                try await inventory.list(items, at: fixture.clock.now())
                return inventory.fleet.current(at: fixture.clock.now())
            }
            fixture.clock.advance(by: .seconds(30))
            try await fixture.life { inventory in
                let restored = inventory.fleet.current(at: fixture.clock.now())
                #expect(restored.sequence == before.sequence)
                #expect(restored.clusters.flatMap(\.links).map(\.link) == before.clusters.flatMap(\.links).map(\.link))
                #expect(restored.clusters.map(\.isStale) == [false])
                #expect(try await inventory.list(items, at: fixture.clock.now())?.changes == 0)
                await inventory.storeSightings()
                let episodes = try await inventory.history.episodes(of: link, page: .init(), now: fixture.clock.now())
                #expect(episodes.map(\.observations) == [2])
                #expect(episodes.map(\.startedBeforeObservation) == [true])
                #expect(episodes.map(\.endedAt) == [nil])
            }
            #expect(try fixture.read("SELECT count(*) FROM poll_runs", as: Int.self) == [2])
            #expect(try fixture.read("PRAGMA integrity_check", as: String.self) == ["ok"])
        }
    }

    private func rows(_ fixture: InventoryFixture) throws -> [Int] {
        try ["links", "versions", "documents", "changes", "snapshots", "poll_runs", "error_episodes"].map {
            try fixture.read("SELECT count(*) FROM \($0)", as: Int.self)[0]
        }
    }
}
