import ClusterLinks
import ExactJSON
import Testing

/// Truth rules 2 to 9 and 14 over random observations: the ledger's events tell what the raw observations do.
struct LedgerPropertyTests {
    private static let sequencesInAShare: UInt64 = 200

    @Test(arguments: 0..<10)
    func theEventsTellWhatTheObservationsDo(share: UInt64) throws {
        for seed in share * Self.sequencesInAShare..<(share + 1) * Self.sequencesInAShare {
            var run = Run(seed: seed)
            for _ in 0..<12 { try run.step() }
            let replayed = Dictionary(
                run.replayed.records.map { (Self.text($0.key), $0.value) },
                uniquingKeysWith: { first, _ in first }
            )
            #expect(run.replayed.complaints == [], "seed \(seed)")
            #expect(replayed == run.naive.links, "seed \(seed)")
            #expect(Set(run.ledger.links.keys.map(Self.text)) == run.naive.listed, "seed \(seed)")
            #expect(run.ledger.links == run.replayed.listed, "seed \(seed)")
            #expect(run.failuresThatChangedSomething == 0, "seed \(seed)")
            let firsts = run.ledger.links.mapValues(\.firstObservedAt)
            #expect(firsts == run.replayed.firstObserved.filter { firsts[$0.key] != nil }, "seed \(seed)")
            for record in replayed.values { #expect(Self.areApart(record), "seed \(seed)") }
        }
    }

    /// Each version and each episode ends before the next begins, and only the last may be open.
    private static func areApart(_ record: RecordedLink) -> Bool {
        let versions = record.versions.map { ($0.from, $0.to) }
        let episodes = record.episodes.map { ($0.from, $0.to) }
        return [versions, episodes].allSatisfy { spans in
            zip(spans, spans.dropFirst()).allSatisfy { earlier, later in earlier.1.map { $0 <= later.0 } ?? false }
                && spans.allSatisfy { span in span.1.map { span.0 < $0 } ?? true }
        }
    }

    private static func text(_ identity: LinkIdentity) -> String {
        switch identity {
        case .id(let id): id.rawValue
        case .name(let name): "named \(name)"
        }
    }

    /// One random history, observed by the ledger and by the naive model, and replayed from the ledger's events.
    private struct Run {
        private var fleet: RandomFleet
        private var generator: SeededGenerator
        private var now = Instant.seconds(0)
        private(set) var ledger = ClusterLedger()
        private(set) var naive = NaiveInventory()
        private(set) var replayed = ReplayedInventory()
        private(set) var failuresThatChangedSomething = 0

        init(seed: UInt64) {
            fleet = RandomFleet(seed: seed)
            generator = SeededGenerator(seed: ~seed)
        }

        mutating func step() throws {
            now = now.advanced(by: .milliseconds(Int64.random(in: 1...60_000, using: &generator)))
            let observation = fleet.next()
            naive.observe(observation, at: now)
            switch observation {
            case .list(let seen): try observe(seen)
            case .sameBytes: ledger.observeUnchanged()
            case .tasks(let tasks, let name): observe(tasks, ofLinkNamed: name)
            case .failure: fail()
            case .restart:
                ledger = ClusterLedger(
                    links: Array(replayed.listed.values),
                    ghosts: ledger.ghosts,
                    observations: ledger.observations
                )
            }
        }

        private mutating func observe(_ seen: [SeenLink]) throws {
            var items = seen.map { $0.json(using: &generator) }
            if generator.oneIn(4) { items.append(["link_name": "", "link_state": "UNMANAGED_SOURCE"]) }
            let list = try LinkList(pages: [["data": .array(items.shuffled(using: &generator))]])
            let newcomers = ledger.newcomers(in: list)
            let lives = replayed.firstObserved.filter { newcomers.contains($0.key) }
            replayed.apply(ledger.observe(list, at: now, earlierLives: lives), at: now)
        }

        private mutating func observe(_ tasks: [SeenTask], ofLinkNamed name: String) {
            guard let link = ledger.links.values.first(where: { $0.name.rawValue == name }) else { return }
            let reading = TaskReading(.array(tasks.map { $0.json(using: &generator) }))
            replayed.apply(ledger.observe(tasks: reading, of: link.identity, at: now), at: now)
        }

        /// A body that is no list: nothing of it may reach the ledger.
        private mutating func fail() {
            let before = ledger.links
            let item: JSONValue = ["link_name": "a", "link_state": "ACTIVE"]
            if (try? LinkList(pages: [["data": [item, ["link_state": "ACTIVE"]]]])) != nil || ledger.links != before {
                failuresThatChangedSomething += 1
            }
        }
    }
}
