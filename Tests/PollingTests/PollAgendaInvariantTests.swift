import Testing

@testable import Polling

/// Random fleets, faults, reloads and manual polls; what must hold after each event is looked at from outside.
struct PollAgendaInvariantTests {
    @Test func `bounds and promises hold through thousands of random events`() {
        for seed in 0..<120 { life(seed: UInt64(seed)) }
    }

    private func life(seed: UInt64) {
        let random = Box(SeededGenerator(seed: seed))
        let concurrency = random.int(1...6)
        let plan = PollPlan(interval: .ms(random.int(500...20_000)), tasksInterval: .ms(random.int(500...60_000)))
        var driver = AgendaDriver(concurrency: concurrency, clusters: random.int(1...12), plan: plan)
        driver.length = { _ in .ms(random.int(0...4_000)) }
        driver.verdict = { _ in
            switch random.int(0...5) {
            case 0: .failure(FailureHint())
            case 1: .failure(FailureHint(straightToCap: true, retryAfter: .s(2)))
            default: .success
            }
        }
        driver.taskVerdict = { _, _ in
            switch random.int(0...9) {
            case 0: .failed()
            case 1: .failed(FailureHint(retryAfter: .s(random.int(0...9))))
            default: .done
            }
        }
        driver.links = { _ in (0..<random.int(0...9)).map { "link-\($0)" } }
        driver.awaiting = { _ in random.int(0...3) == 0 ? ["link-\(random.int(0...12))"] : [] }
        driver.watch = { agenda, now in check(agenda, at: now, seed: seed) }

        for _ in 0..<40 {
            driver.advance(to: driver.now + .ms(random.int(0...6_000)))
            expectDistinct(driver.inFlight, seed: seed)
            switch random.int(0...7) {
            case 0:
                reload(&driver, random)
            case 1, 2:
                driver.agenda.requestPoll(of: random.int(0...14))
            default:
                break
            }
        }
        // Whatever happened, every cluster is polled again within its cap, jitter and one long call each.
        driver.starts = []
        driver.verdict = { _ in .success }
        driver.advance(to: driver.now + plan.backoff.cap * 2 + .s(120))
        for (id, cluster) in driver.agenda.clusters where cluster.isTarget {
            #expect(!driver.polls(of: id).isEmpty, "seed \(seed), cluster \(id)")
        }
    }

    private func check(_ agenda: AgendaDriver.Agenda, at now: Duration, seed: UInt64) {
        let polling = agenda.clusters.values.count(where: \.isPolling)
        let reading = agenda.clusters.values.reduce(0) { $0 + $1.lane.inFlight }
        let waiting = agenda.manual.count + agenda.ordinary.count
        let promises = [
            "counts what is in flight": (agenda.pollsInFlight, agenda.taskReadsInFlight) == (polling, reading),
            "keeps within its slots": polling + reading <= agenda.concurrency,
            "leaves half of the slots to lists": reading <= max(1, agenda.concurrency / 2),
            "holds each lane to its width": agenda.clusters.values.allSatisfy { $0.lane.inFlight <= 4 },
            "lets no list wait while a slot is free": waiting == 0 || polling + reading == agenda.concurrency,
            "overlooks nothing due": agenda.nextDue.map { $0 > now } ?? true,
            "knows of every cluster": agenda.clusters.allSatisfy { id, cluster in
                !cluster.isTarget || cluster.isPolling || agenda.manual.contains(id) || agenda.ordinary.contains(id)
                    || cluster.schedule.nextPoll > now
            },
        ]
        let broken = promises.filter { !$0.value }.keys.sorted()
        #expect(broken.isEmpty, "seed \(seed)")
    }

    private func expectDistinct(_ actions: [AgendaDriver.Action], seed: UInt64) {
        #expect(Set(actions).count == actions.count, "seed \(seed)")
    }

    private func reload(_ driver: inout AgendaDriver, _ random: Box) {
        let targets = (0...14).filter { _ in random.int(0...2) > 0 }.map { id in
            let interval = random.int(0...3) == 0 ? random.int(500...20_000) : 5_000
            return PollTarget(id: id, plan: PollPlan(interval: .ms(interval), tasks: random.int(0...3) > 0))
        }
        let repaired = Set(targets.map(\.id).filter { _ in random.int(0...4) == 0 })
        driver.agenda.update(targets, repaired: repaired, at: driver.now)
    }
}

/// One generator shared by the closures of a driver, all of which run in turn.
private final class Box {
    private var generator: SeededGenerator

    init(_ generator: SeededGenerator) {
        self.generator = generator
    }

    func int(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }
}
