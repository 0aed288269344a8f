extension PollAgenda {
    /// Takes over another set of targets: new ones begin soon, unchanged ones keep their schedule, changed ones adopt
    /// their plan, and the others are asked no more.
    ///
    /// A cluster that is taken out while it is being asked is not interrupted; its answer no longer counts here. Of two
    /// targets with one id, the later holds.
    ///
    /// - Parameters:
    ///   - targets: all clusters to ask from now on.
    ///   - repaired: those whose endpoint or credentials changed: what held them back is forgotten, they are asked soon.
    ///   - now: when.
    mutating func update(_ targets: [PollTarget<ID>], repaired: Set<ID>, at now: Duration) {
        let plans = Dictionary(targets.map { ($0.id, $0.plan) }) { _, later in later }
        for id in clusters.keys where plans[id] == nil { retire(id, at: now) }
        for target in targets {
            guard let plan = plans[target.id] else { continue }
            if let cluster = clusters[target.id] {
                adopt(plan, for: target.id, at: now)
                if !cluster.isTarget || repaired.contains(target.id) { expedite(target.id, at: now) }
            } else {
                clusters[target.id] = Cluster(schedule: ClusterSchedule(plan: plan, of: target.id, at: now))
            }
            settle(target.id, at: now)
        }
    }

    private mutating func adopt(_ plan: PollPlan, for id: ID, at now: Duration) {
        clusters[id]?.isTarget = true
        clusters[id]?.schedule.adopt(plan, at: now)
        if !plan.tasks { clusters[id]?.lane.clear() }
    }

    private mutating func expedite(_ id: ID, at now: Duration) {
        clusters[id]?.schedule.expedite(at: now)
        clusters[id]?.lane.release()
        // What is being asked is still asked in the old way.
        if clusters[id]?.isPolling == true { clusters[id]?.isWantedAgain = true }
    }

    private mutating func retire(_ id: ID, at now: Duration) {
        clusters[id]?.isTarget = false
        clusters[id]?.isWantedAgain = false
        clusters[id]?.lane.clear()
        due.set(id, due: nil)
        manual.remove(id)
        ordinary.remove(id)
        urgentLanes.remove(id)
        routineLanes.remove(id)
        settle(id, at: now)
    }
}
