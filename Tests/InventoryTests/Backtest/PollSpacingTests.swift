import Alerting
import ClusterLinks
import NaiveInventory
import Testing

/// When polls were of which only the first, the last and the number are stored.
struct PollSpacingTests {
    private static let start: Int64 = 1_800_000_000_000

    private static func at(_ seconds: Double) -> Instant { Instant(milliseconds: start + Int64(seconds * 1000)) }

    private static func run(_ count: Int, every seconds: Double = 60, after successes: Int = 0, fails: Bool = false)
        -> PollRun
    {
        PollRun(
            outcome: fails ? PollOutcome(failure: "timeout", httpStatus: nil) : .success,
            firstAt: at(0),
            lastAt: at(Double(count - 1) * seconds),
            count: count,
            totalDuration: .zero,
            staleAfter: .seconds(180),
            successesBefore: successes
        )
    }

    private static func rest(of spacing: PollSpacing) -> [Instant] {
        var (spacing, instants) = (spacing, [Instant]())
        while let next = spacing.next {
            instants.append(next)
            _ = spacing.takeNext()
        }
        return instants
    }

    @Test func pollsAreSpacedEvenlyBetweenTheFirstAndTheLast() {
        #expect(Self.rest(of: PollSpacing(Self.run(1))) == [Self.at(0)])
        #expect(Self.rest(of: PollSpacing(Self.run(2))) == [0, 60].map(Self.at))
        #expect(Self.rest(of: PollSpacing(Self.run(5))) == [0, 60, 120, 180, 240].map(Self.at))
        #expect(Self.rest(of: PollSpacing(Self.run(4, every: 10.0 / 3))) == [0, 3.333, 6.667, 10].map(Self.at))
    }

    @Test func successesAreNumberedAndFailuresAreNot() {
        var successes = PollSpacing(Self.run(3, after: 7))
        #expect([successes.takeNext(), successes.takeNext(), successes.takeNext()] == [8, 9, 10])
        var failures = PollSpacing(Self.run(3, after: 7, fails: true))
        #expect([failures.takeNext(), failures.takeNext(), failures.takeNext()] == [7, 7, 7])
    }

    @Test func aKnownPollIsTheOneNearestToItAndMovesThoseAfterIt() {
        var spacing = PollSpacing(Self.run(5))
        #expect(spacing.take(at: Self.at(69)) == 2)
        #expect(Self.rest(of: spacing) == [126, 183, 240].map(Self.at))
        #expect(spacing.take(at: Self.at(190)) == 4)
        #expect(Self.rest(of: spacing) == [Self.at(240)])
    }

    @Test func moreKnownPollsThanThereWereDoNotEndIt() {
        var spacing = PollSpacing(Self.run(3))
        let numbers = [1, 2, 3, 119, 120].map { spacing.take(at: Self.at($0)) }
        #expect(numbers == [1, 2, 3, 3, 3])
        #expect(spacing.next == nil)
    }

    @Test func pollsBeforeAnInstantArePassedOver() {
        var spacing = PollSpacing(Self.run(5))
        spacing.pass(before: Self.at(60))
        #expect(Self.rest(of: spacing) == [60, 120, 180, 240].map(Self.at))
        spacing.pass(before: Self.at(181))
        #expect(spacing.takeNext() == 5)
        spacing.pass(before: Self.at(1000))
        #expect(spacing.next == nil)
    }

    @Test func theLongestRunOverflowsNothing() {
        var spacing = PollSpacing(Self.run(3_153_600_000, every: 0.1))
        spacing.pass(before: Self.at(315_000_000))
        #expect(spacing.next == Self.at(315_000_000))
        #expect(spacing.take(at: Self.at(315_359_999)) == 3_153_599_991)
    }

    /// Whatever is known of evenly spaced polls, their instants and numbers are the true ones.
    @Test(arguments: 0..<200)
    func evenlySpacedPollsAreFoundExactly(seed: Int) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...40, using: &random)
        let interval = Double(Int.random(in: 2...600, using: &random))
        let before = Int.random(in: 0...1000, using: &random)
        var spacing = PollSpacing(Self.run(count, every: interval, after: before))
        for index in 0..<count {
            let instant = Self.at(Double(index) * interval)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: #expect(spacing.take(at: instant) == before + index + 1)
            case 1: spacing.pass(before: instant.advanced(by: .milliseconds(1)))
            default:
                #expect(spacing.next == instant)
                #expect(spacing.takeNext() == before + index + 1)
            }
        }
        #expect(spacing.next == nil)
    }
}
