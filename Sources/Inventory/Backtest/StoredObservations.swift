import Alerting
import ClusterLinks
import GRDB

/// The stored past of a fleet as observations in order of time, of which at no time more than a little is in memory.
///
/// Within one read transaction. After each observation whoever takes it says what the alerts wait for now.
struct StoredObservations {
    private let clusters: [ObservedCluster]
    private let end: Instant
    private let contents: AlertContents
    private let places: [Int64: Int]
    private var news: StoredNewsStream
    private var queue: WakeQueue

    /// - Parameters:
    ///   - clusters: with their keys.
    ///   - end: nothing is told from then on.
    init(
        _ db: Database,
        of clusters: [(key: Int64, cluster: ObservedCluster)],
        until end: Instant,
        _ contents: AlertContents
    ) throws {
        self.clusters = clusters.map(\.cluster)
        self.end = end
        self.contents = contents
        places = Dictionary(clusters.enumerated().map { ($0.element.key, $0.offset) }) { $1 }
        let beginning = clusters.map(\.cluster.since).min() ?? end
        news = try StoredNewsStream(db, in: Span(from: beginning, to: end))
        queue = WakeQueue(count: clusters.count)
        for place in clusters.indices { queue.set(place, at: self.clusters[place].nextAt()) }
    }

    /// Gives every observation to a replay.
    /// - Parameter tell: is told when each was.
    mutating func replay(into backtest: inout Backtest, _ tell: (Instant) -> Void) throws {
        while let (place, instant) = try next() {
            let cluster = clusters[place]
            if let observed = try cluster.observation(at: instant) {
                tell(instant)
                backtest.take(BacktestObservation(of: cluster.id, at: instant, observed))
                cluster.settle(observed, at: instant, in: backtest)
            }
            queue.set(place, at: cluster.nextAt())
        }
    }

    /// Which cluster has something to tell, and when; nil at the end.
    private mutating func next() throws -> (place: Int, at: Instant)? {
        while true {
            let first = queue.first()
            if let first, first.at >= end { return nil }
            let reach = first.map { $0.at.advanced(by: clusters[$0.number].foresight).milliseconds }
            guard !news.isAtEnd, reach.map({ $0 > news.readThrough }) ?? true else {
                return first.map { ($0.number, $0.at) }
            }
            try read(through: reach ?? news.readThrough)
        }
    }

    private mutating func read(through instant: Int64) throws {
        var touched: Set<Int> = []
        try news.read(through: instant) { [clusters, places, contents] row in
            guard let place = places[row.cluster] else { return }
            try clusters[place].take(row, contents)
            touched.insert(place)
        }
        for place in touched { queue.set(place, at: clusters[place].nextAt()) }
    }
}
