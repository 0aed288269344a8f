import Testing

@testable import Polling

struct TaskLaneTests {
    private typealias Lane = TaskLane<String>
    private let backoff = Backoff(interval: .s(60), maximum: .s(300))

    private func steps(_ lane: inout Lane, at now: Duration = .zero) -> [Lane.Step] {
        var steps: [Lane.Step] = []
        while let step = lane.next(at: now) { steps.append(step) }
        return steps
    }

    private func finish(
        _ lane: inout Lane,
        _ subject: String,
        _ verdict: TaskReadVerdict = .done,
        at now: Duration = .zero
    ) {
        lane.finished(subject, verdict, backoff: backoff, at: now, jitter: 0)
    }

    @Test func `nothing is read before a list succeeded`() {
        var lane = Lane()
        lane.roundDue()
        #expect(steps(&lane).isEmpty)
        lane.listed(awaiting: [])
        #expect(steps(&lane) == [.collect])
    }

    @Test func `one reading goes first and four follow when it succeeded`() {
        var lane = Lane()
        lane.listed(awaiting: ["a", "b", "c", "d", "e", "f"])
        #expect(steps(&lane) == [.read("a")])
        finish(&lane, "a")
        #expect(steps(&lane) == [.read("b"), .read("c"), .read("d"), .read("e")])
        finish(&lane, "b", .failed())
        #expect(steps(&lane).isEmpty)
        for subject in ["c", "d", "e"] { finish(&lane, subject, .failed()) }
        #expect(steps(&lane) == [.read("f")])
    }

    @Test func `new links overtake a round and are read once`() {
        var lane = Lane()
        lane.roundDue()
        lane.listed(awaiting: [])
        #expect(steps(&lane) == [.collect])
        lane.collected(["a", "b", "c"])
        #expect(steps(&lane) == [.read("a")])
        lane.listed(awaiting: ["a", "new", "c"])
        var order: [Lane.Step] = []
        finish(&lane, "a")
        order += steps(&lane)
        #expect(order == [.read("new"), .read("c"), .read("b")])
    }

    @Test func `a failed list pauses the readings and a success goes on with them`() {
        var lane = Lane()
        lane.listed(awaiting: ["a", "b"])
        #expect(steps(&lane) == [.read("a")])
        lane.listFailed()
        finish(&lane, "a")
        #expect(steps(&lane).isEmpty)
        lane.listed(awaiting: [])
        #expect(steps(&lane) == [.read("b")])
    }

    @Test func `rounds do not pile up`() {
        var lane = Lane()
        lane.listed(awaiting: [])
        lane.roundDue()
        lane.roundDue()
        #expect(steps(&lane) == [.collect])
        lane.roundDue()
        lane.collected(["a", "b"])
        #expect(steps(&lane) == [.read("a")])
        lane.roundDue()
        finish(&lane, "a")
        #expect(steps(&lane) == [.read("b")])
        finish(&lane, "b")
        #expect(steps(&lane).isEmpty)
        lane.roundDue()
        #expect(steps(&lane) == [.collect])
    }

    @Test func `a new link that fails is tried after three lists and then in the next round`() {
        var lane = Lane()
        for _ in 0..<3 {
            lane.listed(awaiting: ["a"])
            #expect(steps(&lane) == [.read("a")])
            finish(&lane, "a", .failed())
        }
        lane.listed(awaiting: ["a"])
        #expect(steps(&lane).isEmpty)
        lane.roundDue()
        #expect(steps(&lane) == [.collect])
        lane.collected(["a"])
        #expect(steps(&lane) == [.read("a")])
    }

    @Test(arguments: [
        (FailureHint(straightToCap: true), Duration.s(300)), (FailureHint(retryAfter: .s(90)), .s(90)),
        (FailureHint(retryAfter: .s(3600)), .s(300)),
    ])
    func `a refusal holds the lane`(hint: FailureHint, hold: Duration) {
        var lane = Lane()
        lane.listed(awaiting: ["a", "b"])
        #expect(steps(&lane) == [.read("a")])
        finish(&lane, "a", .failed(hint), at: .s(1))
        #expect(lane.resumption(after: .s(1)) == .s(1) + hold)
        #expect(steps(&lane, at: hold).isEmpty)
        #expect(steps(&lane, at: .s(1) + hold) == [.read("b")])
    }

    @Test func `a repaired cluster's lane goes on at once`() {
        var lane = Lane()
        lane.listed(awaiting: ["a", "b"])
        _ = steps(&lane)
        finish(&lane, "a", .failed(FailureHint(straightToCap: true)))
        lane.release()
        #expect(steps(&lane) == [.read("b")])
    }

    @Test func `a cleared lane reads nothing more`() {
        var lane = Lane()
        lane.listed(awaiting: ["a", "b"])
        lane.roundDue()
        _ = steps(&lane)
        lane.clear()
        finish(&lane, "a")
        #expect(steps(&lane).isEmpty)
        #expect(lane.inFlight == 0)
    }
}
