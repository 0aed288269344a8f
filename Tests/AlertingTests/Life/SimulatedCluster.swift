import Alerting

/// What really happens to one cluster in thirty days, a tick a minute, and what of it somebody has to be told.
struct SimulatedCluster {
    enum Look: Hashable {
        case fine, paused, failed, gone
        case error(Int)

        var isTrouble: Bool {
            switch self {
            case .failed, .error: true
            case .fine, .paused, .gone: false
            }
        }
    }

    enum Poll { case success, failure, none }

    struct Change {
        let link: Int
        let look: Look
        /// Counts the links that had the name.
        let life: Int
    }

    /// Something that somebody has to be told of once, if it is observed long enough.
    struct Incident {
        let kind: AlertKind
        /// Nil for the cluster itself.
        let link: Int?
        let span: Range<Int>
        /// Unbroken spans of trouble: one of them has to be long enough.
        let parts: [Range<Int>]
    }

    static let ticks = 30 * 24 * 60
    static let linkCount = 50
    /// Expected by the configuration: their deletion is an incident.
    static let expected = 0..<5

    private(set) var polls = [Poll](repeating: .success, count: ticks)
    private(set) var changes = [[Change]](repeating: [], count: ticks)
    private(set) var incidents: [Incident] = []
    private(set) var pauses = 0
    private(set) var blips = 0
    private(set) var flaps = 0
    private(set) var deletions = 0
    private var generator: SeededGenerator

    /// - Parameter restarts: when the process is down, the same for all clusters.
    init(seed: UInt64, restarts: [Range<Int>]) {
        generator = SeededGenerator(seed: seed)
        addOutages()
        for tick in restarts.joined() { polls[tick] = .none }
        let shared = (1...4).map { (round: Int) -> Range<Int> in
            let from = round * 8000 + generator.number(0...2000)
            return from..<from + generator.number(2...120)
        }
        for link in 0..<Self.linkCount {
            addLife(of: link, shared: shared.filter { _ in link % 5 < 2 })
        }
    }

    /// Ticks of a kind within a span.
    func count(_ poll: Poll, in span: Range<Int>) -> Int { polls[span].count { $0 == poll } }

    private mutating func addOutages() {
        var tick = generator.number(300...1000)
        while tick < Self.ticks - 100 {
            let length = generator.oneIn(5) ? generator.number(2...45) : 1
            for failed in tick..<tick + length { polls[failed] = .failure }
            incidents.append(
                Incident(
                    kind: .clusterUnreachable,
                    link: nil,
                    span: tick..<tick + length,
                    parts: [tick..<tick + length]
                )
            )
            tick += length + generator.number(300...1000)
        }
    }
}

extension SimulatedCluster {
    private mutating func addLife(of link: Int, shared: [Range<Int>]) {
        var shared = shared
        var life = 0
        var tick = generator.number(100...3000)
        while tick < Self.ticks - 1000 {
            if let next = shared.first, tick + 1000 > next.lowerBound {
                shared.removeFirst()
                guard next.lowerBound >= tick else { continue }
                show(.error(9), of: link, life, in: next)
                add(.linkError, link, next)
                tick = next.upperBound + 200
                continue
            }
            tick = addSpell(of: link, &life, at: tick) + generator.number(200...6000)
        }
    }

    /// Adds a spell of any kind, and gives the tick at which all is well again.
    private mutating func addSpell(of link: Int, _ life: inout Int, at tick: Int) -> Int {
        let code = Look.error(generator.number(0...3))
        switch generator.number(0...19) {
        case 0...5:
            let span = tick..<tick + generator.number(2...240)
            show(code, of: link, life, in: span)
            if generator.oneIn(3) { show(.error(4), of: link, life, in: (tick + span.count / 2)..<span.upperBound) }
            add(.linkError, link, span)
            return span.upperBound
        case 6...7:
            let span = tick..<tick + generator.number(2...120)
            show(.failed, of: link, life, in: span)
            add(.linkState, link, span)
            return span.upperBound
        case 8...9:
            let first = tick..<tick + generator.number(3...30)
            let second = first.upperBound + 1..<first.upperBound + 1 + generator.number(3...30)
            show(code, of: link, life, in: first)
            show(code, of: link, life, in: second)
            incidents.append(
                Incident(
                    kind: .linkError,
                    link: link,
                    span: first.lowerBound..<second.upperBound,
                    parts: [first, second]
                )
            )
            return second.upperBound
        case 10...12:
            blips += 1
            show(code, of: link, life, in: tick..<tick + 1)
            add(.linkError, link, tick..<tick + 1)
            return tick + 1
        case 13...15: return addPause(of: link, life, at: tick)
        case 16...17: return addDeletion(of: link, &life, at: tick)
        case 18: return addFlapping(of: link, life, at: tick, code)
        default:
            guard count(.success, in: tick..<tick + 21) == 21 else { return addPause(of: link, life, at: tick) }
            for blip in 0..<10 { show(code, of: link, life, in: tick + 2 * blip..<tick + 2 * blip + 1) }
            blips += 10
            return tick + 20
        }
    }

    private mutating func addPause(of link: Int, _ life: Int, at tick: Int) -> Int {
        pauses += 1
        let span = tick..<tick + generator.number(5...500)
        show(.paused, of: link, life, in: span)
        return span.upperBound
    }

    /// Perhaps in the middle of an error, and perhaps the next link of the name is in error, too.
    private mutating func addDeletion(of link: Int, _ life: inout Int, at tick: Int) -> Int {
        deletions += 1
        var gone = tick
        if generator.oneIn(2) {
            gone = tick + generator.number(2...60)
            show(.error(5), of: link, life, in: tick..<gone)
            add(.linkError, link, tick..<gone)
        }
        let back = gone + generator.number(3...200)
        show(.gone, of: link, life, in: gone..<back)
        if Self.expected.contains(link) { add(.linkMissing, link, gone..<back) }
        life += 1
        changes[back].removeAll { $0.link == link }
        changes[back].append(Change(link: link, look: .fine, life: life))
        guard generator.oneIn(2) else { return back }
        let end = back + generator.number(2...60)
        show(.error(6), of: link, life, in: back..<end)
        add(.linkError, link, back..<end)
        return end
    }

    /// Bad for three minutes and good for three, over and over: the first bursts are told each, and from the resolve that
    /// would be the sixth crossing on it is one incident.
    private mutating func addFlapping(of link: Int, _ life: Int, at tick: Int, _ code: Look) -> Int {
        let bursts = generator.number(4...8)
        guard count(.success, in: tick..<tick + 6 * bursts + 70) == 6 * bursts + 70 else {
            return addPause(of: link, life, at: tick)
        }
        flaps += 1
        let spans = (0..<bursts).map { tick + 6 * $0..<tick + 6 * $0 + 3 }
        for span in spans { show(code, of: link, life, in: span) }
        for span in spans.prefix(2) { add(.linkError, link, span) }
        let rest = Array(spans.dropFirst(2))
        let end = tick + 6 * (bursts - 1) + 3
        incidents.append(Incident(kind: .linkError, link: link, span: tick + 12..<end, parts: rest))
        return end
    }

    private mutating func add(_ kind: AlertKind, _ link: Int, _ span: Range<Int>) {
        incidents.append(Incident(kind: kind, link: link, span: span, parts: [span]))
    }

    private mutating func show(_ look: Look, of link: Int, _ life: Int, in span: Range<Int>) {
        for (tick, look) in [(span.lowerBound, look), (span.upperBound, Look.fine)] {
            changes[tick].removeAll { $0.link == link }
            changes[tick].append(Change(link: link, look: look, life: life))
        }
    }
}
