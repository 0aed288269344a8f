import Alerting

/// What a rule over the present does: so many bad observations page, so many good ones resolve, what cannot be seen is no
/// longer bad, and a restart forgets.
///
/// It pages on a link that is in error or not active, and on a failed poll: what one writes over metrics on an afternoon.
struct PlainRule {
    private struct Counter {
        var bad = 0
        var good = 0
        var isFiring = false
    }

    let failureThreshold: Int
    let resolveThreshold: Int
    private var counters: [Int: Counter] = [:]
    private var unreachable = Counter()
    private(set) var pages: [SimulationScore.Page] = []

    init(failureThreshold: Int, resolveThreshold: Int) {
        self.failureThreshold = failureThreshold
        self.resolveThreshold = resolveThreshold
    }

    mutating func run(_ cluster: SimulatedCluster) {
        var bad: Set<Int> = []
        for tick in 0..<SimulatedCluster.ticks {
            for change in cluster.changes[tick] {
                let isBad = change.look.isTrouble || change.look == .paused
                if isBad { bad.insert(change.link) } else { bad.remove(change.link) }
                if change.look == .gone { drop(change.link, at: tick) }
            }
            switch cluster.polls[tick] {
            case .none:
                counters = [:]
                unreachable = Counter()
            case .failure:
                for link in counters.keys.sorted() { drop(link, at: tick) }
                count(nil, isBad: true, at: tick)
            case .success:
                for link in bad.union(counters.keys) { count(link, isBad: bad.contains(link), at: tick) }
                if unreachable.bad > 0 || unreachable.isFiring { count(nil, isBad: false, at: tick) }
            }
        }
    }

    private mutating func count(_ link: Int?, isBad: Bool, at tick: Int) {
        var counter = link.map { counters[$0] ?? Counter() } ?? unreachable
        counter.bad = isBad ? counter.bad + 1 : 0
        counter.good = isBad ? 0 : counter.good + 1
        if isBad, !counter.isFiring, counter.bad >= failureThreshold {
            counter.isFiring = true
            note(link, at: tick, isFiring: true)
        } else if !isBad, counter.isFiring, counter.good >= resolveThreshold {
            counter.isFiring = false
            note(link, at: tick, isFiring: false)
        }
        if let link {
            counters[link] = counter.isFiring || counter.bad > 0 ? counter : nil
        } else {
            unreachable = counter
        }
    }

    private mutating func drop(_ link: Int, at tick: Int) {
        if counters.removeValue(forKey: link)?.isFiring == true { note(link, at: tick, isFiring: false) }
    }

    private mutating func note(_ link: Int?, at tick: Int, isFiring: Bool) {
        pages.append(.init(kind: link == nil ? .clusterUnreachable : nil, link: link, tick: tick, isFiring: isFiring))
    }
}
