import ExactJSON
import Locking
import ServiceClient
import Testing

/// The change feed as somebody reads it who must miss nothing.
struct FollowingTests {
    /// Sleeps no time, and remembers for how long it was asked to.
    private final class NoClock: Clock {
        let slept = Locked<[Duration]>([])

        var now: ContinuousClock.Instant { .now }
        var minimumResolution: Duration { .zero }

        func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
            let rounded = Int64((ContinuousClock.now.duration(to: deadline) / .milliseconds(1)).rounded(.up))
            slept.withLock { $0.append(.milliseconds(rounded)) }
            try Task.checkCancellation()
        }
    }

    private struct Done: Error {}

    @Test func `changes are told once and in order, through lost answers`() async throws {
        // Every third question is answered by nobody.
        let respondent = ScriptedRespondent { request, number throws(ServiceError) in
            if number.isMultiple(of: 3) { throw .unreachable(address: "a", reason: "gone") }
            return changePage(after: request.after, upTo: min(request.after + 7, 40))
        }
        var (told, lost, back): ([Int], Int, Int) = ([], 0, 0)
        await #expect(throws: Done.self) {
            try await respondent.follow(after: 5, filters: [("kind", "changed")], clock: NoClock()) { event in
                switch event {
                case .changes(let changes): told += changes.sequences
                case .lost: lost += 1
                case .back: back += 1
                }
                if told.last == 40 { throw Done() }
            }
        }
        #expect(told == Array(6...40))
        #expect(lost == 2 && back == 2)
        #expect(
            respondent.targets.allSatisfy {
                $0.hasPrefix("/api/v1/changes?kind=changed&after=") && $0.hasSuffix("&wait=30000ms")
            }
        )
    }

    @Test func `a service that is away for long is asked less and less often, and told once`() async throws {
        let respondent = ScriptedRespondent { _, number throws(ServiceError) in
            if number == 9 { return .json(["type": "/problems/sequence-gone", "detail": "gone"], status: 410) }
            throw .unreachable(address: "a", reason: "r")
        }
        let clock = NoClock()
        var lost = 0
        let error = await #expect(throws: ServiceError.self) {
            try await respondent.follow(after: 0, filters: [], clock: clock) { event in
                if case .lost = event { lost += 1 }
            }
        }
        guard case .refused(let problem) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(problem.type == "sequence-gone" && lost == 1)
        #expect(
            clock.slept.withLock(\.self).map { Int($0 / .milliseconds(1)) } == [
                500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000,
            ]
        )
    }

    @Test func `an end that is cancelled is no loss`() async throws {
        let respondent = feed(last: 0)
        let following = Task { try await respondent.follow(after: 0, filters: []) { _ in } }
        following.cancel()
        try await following.value
    }

    @Test(
        arguments: [
            (20, 100, 1, 100), (1000, 100, 1, 100), (20, 100, 95, 100), (20, 0, 1, 0), (3, 100_000, 1, 100_000),
            (1200, 5000, 4500, 5000),
        ] as [(Int, Int64, Int64, Int64)]
    )
    func `the last changes are the last, as far as they are kept`(
        _ count: Int,
        _ last: Int64,
        _ keptFrom: Int64,
        _ newest: Int64
    ) async throws {
        let changes = try await feed(last: last, keptFrom: keptFrom).lastChanges(count, upTo: last, filters: [])
        let first = max(Int(last) - count + 1, Int(keptFrom))
        #expect(changes.sequences == (last == 0 ? [] : Array(first...Int(newest))))
    }

    @Test func `the last changes that a filter admits are found further back`() async throws {
        let respondent = feed(last: 30_000, pageLimit: 1000)
        let changes = try await respondent.lastChanges(100, upTo: 30_000, filters: [("kind", "changed")])
        #expect(changes.sequences == Array(stride(from: 29_010, through: 30_000, by: 10)))
    }

    @Test func `changes after a number are all there are, or as many as are wanted`() async throws {
        #expect(try await feed(last: 1200).changes(from: 3, filters: [], limit: nil).sequences == Array(4...1200))
        #expect(try await feed(last: 1200).changes(from: 3, filters: [], limit: 0).count == 1197)
        #expect(try await feed(last: 1200).changes(from: 3, filters: [], limit: 7).sequences == Array(4...10))
        #expect(try await feed(last: 5).changes(from: 5, filters: [], limit: nil).isEmpty)
    }
}
