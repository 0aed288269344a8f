import ClusterLinks
import Inventory
import NaiveInventory
import Testing

extension Comparison {
    /// The figures of each link by its id, of each name, and of the whole cluster, in some windows.
    func compareAvailability(of id: ClusterID, to links: [NaiveLink], in cluster: NaiveCluster) async throws {
        for window in windows(of: cluster) {
            let span = Span(from: window.from, to: window.to)
            let note: Comment = "\(note) \(span)"
            for link in links {
                guard let facts = link.facts, let linkID = facts.id.flatMap({ ClusterLinkID($0) }) else { continue }
                let one = History.LinkSelection(cluster: id, name: facts.name, id: linkID)
                let row = try #require(try await inventory.history.availability(of: one, in: span), note)
                #expect(NaiveAvailability(of: [link], in: window, on: cluster).isTold(by: row.figures), note)
                #expect(row.link?.clusterLinkID == facts.id, note)
            }
            for (name, links) in Dictionary(grouping: links, by: { $0.facts?.name ?? "" }) {
                let named = History.LinkSelection(cluster: id, name: name)
                let row = try #require(try await inventory.history.availability(of: named, in: span), note)
                let meant = Self.meant(among: links).map { [$0] } ?? []
                #expect(NaiveAvailability(of: meant, in: window, on: cluster).isTold(by: row.figures), note)
                let only = try await inventory.history.availability(of: [id], in: span) { $0.name == name }
                #expect(NaiveAvailability(of: links, in: window, on: cluster).isTold(by: only.figures), note)
            }
            let all = try await inventory.history.availability(of: [id], in: span)
            #expect(NaiveAvailability(of: links, in: window, on: cluster).isTold(by: all.figures), note)
        }
    }

    private static func meant(among links: [NaiveLink]) -> NaiveLink? {
        let origin = Instant(milliseconds: 0)
        return links.max { left, right in
            (left.isListed ? 1 : 0, left.isListed ? left.firstObservedAt ?? origin : left.deletedAt ?? origin)
                < (right.isListed ? 1 : 0, right.isListed ? right.firstObservedAt ?? origin : right.deletedAt ?? origin)
        }
    }

    /// All the time up to now, what is left and right of some polls, and nothing at all.
    private func windows(of cluster: NaiveCluster) -> [(from: Instant, to: Instant)] {
        let polls = cluster.polls.map(\.at)
        guard let first = polls.first else { return [(now.advanced(by: .seconds(-60)), now)] }
        let (early, late) = (polls[polls.count / 3], polls[polls.count * 2 / 3])
        return [
            (first.advanced(by: .seconds(-100)), max(now, first)), (early, late),
            (early.advanced(by: .seconds(-10)), late.advanced(by: .milliseconds(1))), (late, late),
        ]
    }
}
