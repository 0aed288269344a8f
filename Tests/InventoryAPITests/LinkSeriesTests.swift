import ClusterLinks
import ExactJSON
import Exposition
import HTTPServing
import Inventory
import InventoryAPI
import Testing

struct LinkSeriesTests {
    private static let clusters = ["lkc-1", "lkc-2"].map { ClusterDescription(id: ClusterID($0)) }

    private func withPieces(
        _ body: (APIFixture, (ExpositionFormat) -> [BodyPiece]) async throws -> Void
    ) async throws {
        try await APIFixture.with(clusters: Self.clusters) { fixture in
            var series = LinkSeries()
            for cluster in Self.clusters { try await fixture.list([item("a"), item("b")], on: cluster.id) }
            try await body(fixture) { series.pieces(of: fixture.store.fleet.current(at: fixture.clock.now()), as: $0) }
        }
    }

    private func text(_ pieces: [BodyPiece]) -> String {
        String(decoding: pieces.flatMap(\.bytes), as: UTF8.self)
    }

    @Test func `what a cluster without news had to tell is not written again`() async throws {
        try await withPieces { fixture, pieces in
            let before = pieces(.prometheus)
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([item("a"), item("b", ["link_error": "TIMEOUT_ERROR"])], on: ClusterID("lkc-2"))
            let after = pieces(.prometheus)
            let kept = Set(before.map(ObjectIdentifier.init))
            let written = after.filter { !kept.contains(ObjectIdentifier($0)) }
            #expect(!written.isEmpty)
            #expect(!text(written).contains("lkc-1") && text(written).contains("lkc-2"))
            #expect(text(after).contains(#"link_name="b",cluster_link_id="id-b",code="TIMEOUT_ERROR"} 1"#))
            #expect(text(after).contains("lkc-1"))
        }
    }

    @Test func `both formats share the samples`() async throws {
        try await withPieces { _, pieces in
            let plain = Set(pieces(.prometheus).map(ObjectIdentifier.init))
            #expect(pieces(.openMetrics).count { plain.contains(ObjectIdentifier($0)) } == 8)
        }
    }

    @Test func `all samples of a family stand together`() async throws {
        try await withPieces { _, pieces in
            let names = text(pieces(.prometheus)).split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
                $0.prefix { $0 != "{" }
            }
            var runs: [Substring] = []
            for name in names where runs.last != name { runs.append(name) }
            #expect(Set(runs).count == runs.count)
        }
    }

    @Test func `a cluster that went stale or left has no series`() async throws {
        try await withPieces { fixture, pieces in
            _ = pieces(.prometheus)
            fixture.clock.advance(by: .seconds(120))
            try await fixture.list([item("a")], on: ClusterID("lkc-1"))
            fixture.clock.advance(by: .seconds(60))
            #expect(!text(pieces(.prometheus)).contains("lkc-2"))
            #expect(text(pieces(.prometheus)).contains("lkc-1"))
            await fixture.store.configure([Self.clusters[1]])
            #expect(!text(pieces(.prometheus)).contains("lkc-"))
        }
    }
}
