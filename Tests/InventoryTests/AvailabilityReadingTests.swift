import ClusterLinks
import ExactJSON
import GRDB
import Inventory
import Testing

/// What of truth rule 15 the random histories do not reach.
struct AvailabilityReadingTests {
    private static let link = History.LinkSelection(cluster: InventoryFixture.cluster, name: "orders")

    @Test func aFailingTaskIsDegraded() async throws {
        try await InventoryFixture.with { fixture in
            try await fixture.life { inventory in
                let start = fixture.clock.now()
                try await inventory.list([item("orders")], at: start)
                try await Self.read(#"[{"task_name":"AclSync","state":"ACTIVE"}]"#, into: inventory, at: start)
                for step in 1...4 {
                    let at = start.advanced(by: .seconds(step * 60))
                    await inventory.unchanged(at: at)
                    if step == 2 {
                        try await Self.read(#"[{"task_name":"AclSync","state":"IN_ERROR"}]"#, into: inventory, at: at)
                    }
                }
                await inventory.storeSightings()
                let span = Span(from: start, to: start.advanced(by: .seconds(240)))
                let figures = try #require(try await inventory.history.availability(of: Self.link, in: span)).figures
                // Readings come a millisecond after the poll: no two observations share an instant.
                #expect(figures.time(in: .ok) == .milliseconds(120_001))
                #expect(figures.time(in: .degraded) == .milliseconds(119_999))
                #expect(figures.availability == 1)
                #expect(figures.episodes == 0)
            }
        }
    }

    @Test func whatIsNotKeptIsNotCounted() async throws {
        try await InventoryFixture.with { fixture in
            let start = fixture.clock.now()
            let kept = start.advanced(by: .seconds(90))
            try await fixture.life { inventory in
                for (step, error) in ["TIMEOUT_ERROR", nil, "TIMEOUT_ERROR", nil].enumerated() {
                    try await inventory.list(
                        [item("orders", error: error)],
                        at: start.advanced(by: .seconds(step * 60))
                    )
                }
                await inventory.storeSightings()
            }
            try await DatabaseQueue(path: fixture.path).write { db in
                try db.execute(sql: "INSERT INTO retention VALUES (?)", arguments: [kept.milliseconds])
            }
            try await fixture.life { inventory in
                let end = start.advanced(by: .seconds(240))
                let all = try #require(
                    try await inventory.history.availability(of: Self.link, in: Span(from: start, to: end))
                )
                #expect(all.keptFrom == kept)
                #expect(all.figures.window == Span(from: kept, to: end))
                #expect(all.figures.episodes == 1)
                #expect(all.figures.time(in: .ok) == .seconds(90))
                let late = try await inventory.history.availability(of: Self.link, in: Span(from: kept, to: end))
                #expect(late?.keptFrom == nil)
                let early = try await inventory.history.availability(
                    of: [InventoryFixture.cluster],
                    in: Span(from: start, to: start.advanced(by: .seconds(60)))
                )
                #expect(early.keptFrom == kept)
                #expect(early.figures.window.isEmpty)
                let evidence = try #require(
                    try await inventory.history.evidence(of: Self.link, in: Span(from: start, to: end), now: end)
                )
                #expect(evidence.window == Span(from: kept, to: end))
                #expect(evidence.versions.rows.count == 3)
            }
        }
    }

    private static func read(_ tasks: String, into inventory: InventoryStore, at instant: Instant) async throws {
        let id = try #require(ClusterLinkID("id"))
        await inventory.record(
            TaskReading(try JSONValue(parsing: tasks)),
            of: .id(id),
            on: InventoryFixture.cluster,
            at: instant
        )
    }
}
