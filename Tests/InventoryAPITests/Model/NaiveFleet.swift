import ClusterLinks
import Inventory
import NaiveInventory

/// What a history's observations say, walked through once for all questions about it.
struct NaiveFleet: Sendable {
    /// What the feed tells at one place.
    struct Entry: Sendable {
        let cluster: ClusterID
        let at: Instant
        let kind: String
        var link: NaiveLink?
        var change: NaiveLink.Change?
    }

    let clusters: [NaiveView]
    let now: Instant
    let feed: [Entry]

    init(_ history: RandomHistory) {
        now = history.now
        let clusters = RandomHistory.clusters.map { id in
            NaiveView(
                id,
                history.naive[id] ?? NaiveCluster(),
                described: history.descriptions[id] ?? ClusterDescription(id: id)
            )
        }
        self.clusters = clusters
        feed = Self.feed(of: clusters, in: history.order)
    }

    var present: Moment { .present(now) }

    func cluster(_ id: ClusterID) -> NaiveView? { clusters.first { $0.id == id } }

    /// Every instant at which something happened.
    var boundaries: [Instant] { Set(clusters.flatMap(\.boundaries)).sorted() }

    private static func feed(of clusters: [NaiveView], in order: [ClusterID]) -> [Entry] {
        var rest = Dictionary(uniqueKeysWithValues: clusters.map { ($0.id, $0.cluster.observations[...]) })
        var changes = Dictionary(uniqueKeysWithValues: clusters.map { ($0.id, $0.changes) })
        var wasConfigured: Set<ClusterID> = []
        var feed: [Entry] = []
        for id in order {
            guard let observation = rest[id]?.popFirst() else { continue }
            switch observation {
            case .start: break
            case .configured(let at):
                if !wasConfigured.insert(id).inserted { feed.append(Entry(cluster: id, at: at, kind: "restored")) }
            case .retired(let at): feed.append(Entry(cluster: id, at: at, kind: "retired"))
            case .poll(let poll):
                feed += changes[id]?.take { $0.change?.at == poll.at && $0.change?.changed != ["tasks"] } ?? []
            case .tasks(let at, of: _, _):
                feed += changes[id]?.take { $0.change?.at == at && $0.change?.changed == ["tasks"] } ?? []
            }
        }
        return feed
    }
}

/// When a question is about.
enum Moment: Sendable {
    case present(Instant)
    case past(Instant)

    var instant: Instant {
        switch self {
        case .present(let instant), .past(let instant): instant
        }
    }

    var isPresent: Bool { if case .present = self { true } else { false } }
}

extension Array {
    /// Takes what fits out of the array.
    fileprivate mutating func take(_ fits: (Element) -> Bool) -> [Element] {
        let taken = filter(fits)
        removeAll(where: fits)
        return taken
    }
}
