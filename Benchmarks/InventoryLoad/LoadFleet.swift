import ClusterLinks
import ExactJSON
import Inventory

/// The clusters that are played, the same in every run.
struct LoadFleet {
    static let linksEach = 10

    struct Cluster {
        let id: ClusterID
        let links: [LoadLink]

        /// What a poll finds while the links are in these conditions.
        func list(_ conditions: [LinkCondition]) throws -> LinkList {
            try LinkList(pages: [["data": .array(zip(links, conditions).map { $0.item($1) })]])
        }
    }

    let clusters: [Cluster]

    init(clusters count: Int = 1000) {
        var generator = SeededGenerator(seed: 1)
        clusters = (0..<count).map { number in
            let id = "lkc-\(String(100_000 + number, radix: 36))"
            let links = (0..<Self.linksEach).map { LoadLink(number: $0, of: id, using: &generator) }
            return Cluster(id: ClusterID(id), links: links)
        }
    }

    func descriptions(staleAfter: Duration) -> [ClusterDescription] {
        clusters.map { cluster in
            ClusterDescription(
                id: cluster.id,
                endpointHost: "pkc-\(cluster.id).example.org",
                staleAfter: staleAfter
            )
        }
    }
}
