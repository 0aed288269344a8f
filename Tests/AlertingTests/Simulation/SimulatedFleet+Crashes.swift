import Alerting

/// Ends of the process where they hurt most: at the very poll that somebody is to be told of.
extension SimulatedFleet {
    /// Every so many incidents, at its beginning or at its end.
    mutating func addCrashes() {
        for incident in incidents where generator.oneIn(20) {
            let isEnd = generator.oneIn(2)
            let moments = incident.troubles.compactMap { trouble in
                (isEnd ? overSeen(trouble, threshold: 2) : due(trouble, threshold: 2)).map { ($0, trouble.cluster) }
            }
            guard let (tick, cluster) = isEnd ? moments.max(by: { $0.0 < $1.0 }) : moments.min(by: { $0.0 < $1.0 })
            else { continue }
            let down = generator.oneIn(3) ? generator.number(1...3) : 0
            addCrash(Crash(cluster: cluster, moment: generator.pick(Crash.Moment.allCases), down: down), at: tick)
        }
    }

    private mutating func addCrash(_ crash: Crash, at tick: Int) {
        let lost = tick..<tick + crash.down + 1
        guard crashes[tick] == nil, !isDown[tick] else { return }
        if crash.down > 0 {
            guard !steady.joined().contains(where: { $0.overlaps(lost) }) else { return }
        } else if crash.moment == .beforeStoring {
            guard !steady[crash.cluster].contains(where: { $0.overlaps(lost) }) else { return }
        }
        happened("crashes")
        crashes[tick] = crash
        if crash.moment == .beforeStoring { polls[crash.cluster][tick] = .none }
        guard crash.down > 0 else { return }
        for cluster in Self.clusters where cluster > crash.cluster { polls[cluster][tick] = .none }
        for down in lost.dropFirst() {
            isDown[down] = true
            for cluster in Self.clusters { polls[cluster][down] = .none }
        }
    }
}
