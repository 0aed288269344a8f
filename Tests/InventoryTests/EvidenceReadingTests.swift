import ClusterLinks
import ExactJSON
import Inventory
import Testing

/// What is taken into evidence, and what is left out.
struct EvidenceReadingTests {
    private static let link = History.LinkSelection(cluster: InventoryFixture.cluster, name: "orders")

    /// Windows in seconds, and the errors right before and at the end of each; "-" where the link is not listed, nil
    /// where it has none.
    @Test(
        arguments: [
            (0, 30, "-", nil, 1), (1, 60, nil, "A", 1), (60, 61, nil, "A", 1), (61, 119, "A", "A", 1),
            (61, 120, "A", "-", 1), (121, 150, "-", "-", 0), (120, 180, "A", "B", 0), (0, 400, "-", "B", 3),
            (60, 60, nil, "A", 0), (30, 30, nil, nil, 1),
        ] as [(Int, Int, String?, String?, Int)]
    )
    func beforeAndAfterAreThoseInForce(from: Int, to: Int, before: String?, after: String?, versions: Int) async throws
    {
        try await InventoryFixture.with { fixture in
            try await fixture.life { inventory in
                let start = fixture.clock.now()
                let at = { (seconds: Int) in start.advanced(by: .seconds(seconds)) }
                try await inventory.list([item("orders", id: "one")], at: at(0))
                try await inventory.list([item("orders", id: "one", error: "A")], at: at(60))
                try await inventory.list([], at: at(120))
                try await inventory.list([item("orders", id: "two", error: "B")], at: at(180))
                let span = Span(from: at(from), to: at(to))
                let evidence = try #require(
                    try await inventory.history.evidence(of: Self.link, in: span, now: at(400))
                )
                #expect(Self.error(of: evidence.before) == before)
                #expect(Self.error(of: evidence.after) == after)
                #expect(evidence.versions.rows.count == versions)
                #expect(evidence.lives.map(\.clusterLinkID) == ["one", "two"])
                #expect(evidence.lives.map(\.deletedAt) == [at(120), nil])
            }
        }
    }

    private static func error(of version: VersionRow?) -> String? {
        version.map { $0.document.text("link_error") } ?? "-"
    }

    @Test(arguments: [1, 49, 50, 51, 100])
    func noMoreIsReadThanIsTold(limit: Int) async throws {
        try await InventoryFixture.with { fixture in
            try await fixture.life { inventory in
                let start = fixture.clock.now()
                for step in 0...limit {
                    let at = start.advanced(by: .seconds(step * 60))
                    try await inventory.list([item("orders", message: "\(step)")], at: at)
                    await inventory.failure(at: at.advanced(by: .seconds(30)))
                }
                await inventory.storeSightings()
                var limits = Evidence.Limits()
                limits.rows = limit
                let end = start.advanced(by: .seconds(60 * limit + 60))
                let all = try #require(
                    try await inventory.history.evidence(
                        of: Self.link,
                        in: Span(from: start, to: end),
                        now: end,
                        limits: limits
                    )
                )
                #expect(all.versions.rows.count == limit)
                #expect(all.versions.isTruncated)
                #expect(all.versions.rows.last?.document.text("link_error_message") == "1")
                #expect(all.runs.rows.count == limit)
                #expect(all.runs.isTruncated)
                #expect(!all.episodes.isTruncated)
                let late = Span(from: start.advanced(by: .seconds(60)), to: end)
                let whole = try #require(
                    try await inventory.history.evidence(of: Self.link, in: late, now: end, limits: limits)
                )
                #expect(whole.versions.rows.count == limit)
                #expect(!whole.versions.isTruncated)
            }
        }
    }

    @Test(arguments: [(0, 1), (2500, 2), (1_000_000, 6)])
    func largeDocumentsAreFewer(bytes: Int, count: Int) async throws {
        try await InventoryFixture.with { fixture in
            try await fixture.life { inventory in
                let start = fixture.clock.now()
                for step in 0..<6 {
                    let message = "\(step)" + String(repeating: "x", count: 1000)
                    try await inventory.list([item("orders", message: message)], at: start.advanced(by: .seconds(step)))
                }
                var limits = Evidence.Limits()
                limits.bytes = bytes
                let span = Span(from: start, to: start.advanced(by: .seconds(600)))
                let evidence = try #require(
                    try await inventory.history.evidence(of: Self.link, in: span, now: span.to, limits: limits)
                )
                #expect(evidence.versions.rows.count == count)
                #expect(evidence.versions.isTruncated == (count < 6))
            }
        }
    }
}
