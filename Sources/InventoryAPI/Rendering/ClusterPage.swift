import ClusterLinks
import Inventory

/// One page of a list of clusters, in order of their ids.
struct ClusterPage {
    let clusters: ArraySlice<ClusterView>
    let nextCursor: String?

    init(_ all: [ClusterView], for question: Question) throws {
        let last = try Cursor(of: question, parts: 1).map { ClusterID($0.key[0]) }
        let rest = all.drop { cluster in last.map { cluster.id <= $0 } ?? false }
        clusters = rest.prefix(try question.limit)
        let next = clusters.count < rest.count ? clusters.last.map { Cursor(key: [$0.id.rawValue]) } : nil
        nextCursor = next?.text(for: question)
    }
}
