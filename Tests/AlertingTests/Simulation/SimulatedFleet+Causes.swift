import Alerting

/// What happens to several links, or to a cluster as a whole.
extension SimulatedFleet {
    /// Starts of the process, among them one after most of an hour.
    mutating func addRestarts() {
        for number in 1...12 {
            let tick = number * 3456 + 17
            for down in tick..<tick + (number == 6 ? 40 : 1 + number % 3) {
                isDown[down] = true
                for cluster in Self.clusters { polls[cluster][down] = .none }
            }
        }
    }

    /// Polls that fail: mostly one, sometimes for up to 45 ticks, and sometimes on and off.
    mutating func addOutages(of cluster: Int) {
        var tick = generator.number(300...1000)
        while tick < Self.ticks - 400 {
            let kind = generator.number(0...19)
            let isWhole = count(.none, of: cluster, in: tick..<tick + 130) == 0
            if kind == 0, isWhole {
                tick = addFlappingPolls(of: cluster, at: tick)
            } else if kind == 1, isWhole {
                tick = addEveryOtherPoll(of: cluster, at: tick)
            } else {
                tick = addOutage(of: cluster, in: tick..<tick + (kind < 6 ? generator.number(2...45) : 1))
            }
            tick += generator.number(300...1000)
        }
    }

    private mutating func addOutage(of cluster: Int, in span: Range<Int>) -> Int {
        fail(cluster, in: span)
        incidents.append(TrueIncident([.init(.clusterUnreachable, cluster: cluster, link: nil, [span])]))
        return span.upperBound
    }

    /// As links flap; what its links report between is news all the same.
    private mutating func addFlappingPolls(of cluster: Int, at tick: Int) -> Int {
        happened("flapping clusters")
        let parts = (0..<8).map { tick + 6 * $0..<tick + 6 * $0 + 3 }
        for part in parts.prefix(2) { _ = addOutage(of: cluster, in: part) }
        let rest = Array(parts.dropFirst(2))
        for part in rest { fail(cluster, in: part) }
        incidents.append(TrueIncident([.init(.clusterUnreachable, cluster: cluster, link: nil, rest)]))
        steady[cluster].append(tick..<tick + 125)
        return tick + 125
    }

    private mutating func addEveryOtherPoll(of cluster: Int, at tick: Int) -> Int {
        happened("clusters failing at every other poll")
        for number in 0..<30 { _ = addOutage(of: cluster, in: tick + 2 * number..<tick + 2 * number + 1) }
        steady[cluster].append(tick..<tick + 60)
        return tick + 60
    }

    private mutating func fail(_ cluster: Int, in span: Range<Int>) {
        for tick in span where polls[cluster][tick] == .success { polls[cluster][tick] = .failure }
    }
}

extension SimulatedFleet {
    /// Times at which links of many clusters towards one cannot reach it; gives their spans.
    mutating func addSharedCauses(towards hub: Int) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        var tick = generator.number(1000...4000)
        while tick < Self.ticks - 2500 {
            let span = tick..<tick + generator.number(12...180)
            addSharedCause(towards: hub, in: span)
            spans.append(span)
            tick = span.upperBound + generator.number(3000...6000)
        }
        return spans
    }

    /// They begin within a few ticks.
    ///
    /// Where all their clusters are seen all the time, they also end within a few, some but
    /// the first get well for a while, and some report another code; else one that is seen late could be alone.
    private mutating func addSharedCause(towards hub: Int, in span: Range<Int>) {
        var members: [Place] = []
        for cluster in Self.clusters where generator.oneIn(2) {
            let links = Self.towardsHubs.filter { $0 % Self.hubs.count == hub }
            members += links.filter { _ in generator.oneIn(2) }.map { Place(cluster: cluster, link: $0) }
        }
        guard members.count > 1, let first = members.first else { return }
        happened("shared causes")
        let whole = span.lowerBound - 5..<span.upperBound + 15
        let clusters = Set(members.map(\.cluster))
        let isClear = clusters.allSatisfy { self.isClear($0, in: whole) }
        if isClear { for cluster in clusters { steady[cluster].append(whole) } }
        let look = code(of: first, in: span)
        var troubles: [TrueIncident.Trouble] = []
        for member in members {
            happened("links of shared causes")
            let end = span.upperBound + (isClear ? generator.number(0...4) : 0)
            let part = span.lowerBound + generator.number(0...4)..<end
            show(look, of: member, in: part)
            guard isClear, member != first, span.count > 30, generator.oneIn(3) else {
                troubles.append(.init(.linkError, member, [part]))
                continue
            }
            let middle = part.lowerBound + 12
            if generator.oneIn(2) {
                show(code(of: member, in: span), of: member, in: middle..<end)
                troubles.append(.init(.linkError, member, [part]))
            } else {
                show(look, of: member, in: part.lowerBound..<middle)
                show(look, of: member, in: middle + 6..<end)
                troubles.append(.init(.linkError, member, [part.lowerBound..<middle]))
                troubles.append(.init(.linkError, member, [middle + 6..<end]))
            }
        }
        incidents.append(TrueIncident(troubles))
    }
}

/// Links with two sides, each of which reports for itself.
extension SimulatedFleet {
    mutating func addLife(ofBothSides first: Place) {
        guard let second = Self.otherSide(of: first) else { return }
        var tick = generator.number(100...3000)
        while tick < Self.ticks - 2500 {
            let side = generator.oneIn(2) ? first : second
            tick =
                generator.oneIn(2)
                ? addTroubleOfBothSides(first, second, at: tick)
                : addSpell(generator.number(0...16), of: side, at: tick)
            tick += generator.number(250...5500)
        }
    }

    private mutating func addTroubleOfBothSides(_ first: Place, _ second: Place, at tick: Int) -> Int {
        let span = tick..<tick + generator.number(8...150)
        let whole = tick - 5..<span.upperBound + 15
        happened("links broken on both sides")
        let isClear = [first, second].allSatisfy { self.isClear($0.cluster, in: whole) }
        if isClear { for side in [first, second] { steady[side.cluster].append(whole) } }
        var troubles: [TrueIncident.Trouble] = []
        for side in [first, second] {
            let end = span.upperBound + (isClear ? generator.number(0...4) : 0)
            let part = tick + generator.number(0...4)..<end
            let isState = side == second && generator.oneIn(2)
            let (look, kind) = isState ? badState(of: side, in: part) : (code(of: side, in: part), .linkError)
            show(look, of: side, in: part)
            troubles.append(.init(kind, side, [part]))
        }
        incidents.append(TrueIncident(troubles))
        return span.upperBound + 5
    }
}
