import ClusterLinks
import Testing

/// Truth rules 2 and 13: the observation ledger keeps runs of equal outcomes.
struct PollRunTests {
    private static let timeout = PollOutcome(failure: "timeout", httpStatus: nil)

    private static func run(_ outcome: PollOutcome = .success, at second: Int64 = 100, before: Int = 0) -> PollRun {
        PollRun(
            outcome: outcome,
            firstAt: .seconds(second),
            totalDuration: .milliseconds(20),
            staleAfter: .seconds(180),
            successesBefore: before
        )
    }

    @Test func equalPollsExtendTheRun() throws {
        let run = try Self.run(before: 4)
            .extended(by: .success, at: .seconds(160), duration: .milliseconds(30), staleAfter: .seconds(180)).required
            .extended(by: .success, at: .seconds(220), duration: .milliseconds(40), staleAfter: .seconds(180)).required
        #expect(run.firstAt == .seconds(100))
        #expect(run.lastAt == .seconds(220))
        #expect(run.count == 3)
        #expect(run.totalDuration == .milliseconds(90))
        #expect(run.successesBefore == 4)
        #expect(run.successes == 7)
    }

    @Test(arguments: [
        (PollOutcome.success, timeout), (timeout, .success), (timeout, PollOutcome(failure: "dns", httpStatus: nil)),
        (PollOutcome(failure: "http", httpStatus: 500), PollOutcome(failure: "http", httpStatus: 503)),
    ])
    func anotherOutcomeBeginsAnotherRun(first: PollOutcome, second: PollOutcome) {
        let run = Self.run(first)
        #expect(run.extended(by: second, at: .seconds(160), duration: .zero, staleAfter: .seconds(180)) == nil)
    }

    @Test(arguments: [(279, true), (280, true), (281, false), (10_000, false)] as [(Int64, Bool)])
    func aGapLongerThanStaleAfterBeginsAnotherRun(second: Int64, extends: Bool) {
        let next = Self.run().extended(by: .success, at: .seconds(second), duration: .zero, staleAfter: .seconds(180))
        #expect((next != nil) == extends)
    }

    @Test func theGapIsCountedFromTheLastPollOfTheRun() throws {
        let run = try Self.run()
            .extended(by: .success, at: .seconds(270), duration: .zero, staleAfter: .seconds(180)).required
        #expect(run.extended(by: .success, at: .seconds(440), duration: .zero, staleAfter: .seconds(180)) != nil)
        #expect(run.extended(by: .success, at: .seconds(451), duration: .zero, staleAfter: .seconds(180)) == nil)
    }

    @Test func failuresAddNoSuccess() throws {
        let run = try Self.run(Self.timeout, before: 4)
            .extended(by: Self.timeout, at: .seconds(160), duration: .zero, staleAfter: .seconds(180)).required
        #expect(run.count == 2)
        #expect(run.successes == 4)
        #expect(!Self.timeout.isSuccess)
        #expect(PollOutcome.success.isSuccess)
    }
}
