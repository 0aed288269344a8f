import ClusterLinks
import Testing

/// Truth rule 12: a step of the wall clock bends no history.
struct ServiceTimeTests {
    private static let start = Instant.seconds(1_800_000_000)

    @Test func itBeginsWithTheWallClockAndRunsWithTheBootClock() {
        var time = ServiceTime(wall: Self.start, bootTime: .seconds(77), notBefore: nil)
        for second in 0...100 {
            let wall = Self.start.advanced(by: .seconds(second))
            #expect(time.now(wall: wall, bootTime: .seconds(77 + second)) == wall)
        }
    }

    @Test func aSuspendedMachineLosesNoTime() {
        var time = ServiceTime(wall: Self.start, bootTime: .seconds(0), notBefore: nil)
        let wall = Self.start.advanced(by: .seconds(36_000))
        #expect(time.now(wall: wall, bootTime: .seconds(36_000)) == wall)
    }

    @Test(arguments: [Duration.seconds(10_800), .seconds(-10_800), .seconds(11), .seconds(-11), .seconds(86_400 * 365)])
    func aStepOfTheWallClockIsDrawnInAtMost500PartsInAMillion(step: Duration) {
        var time = ServiceTime(wall: Self.start, bootTime: .seconds(0), notBefore: nil)
        var last = Self.start
        for second in 1...1000 {
            let bootTime = Duration.seconds(second)
            let now = time.now(wall: Self.start.advanced(by: bootTime + step), bootTime: bootTime)
            let drift = (now - Self.start) - bootTime
            #expect(drift.magnitude <= .microseconds(500 * second) + .milliseconds(1))
            #expect(now > last)
            last = now
        }
        // And it does draw: half a second in a thousand.
        let drift = (last - Self.start) - .seconds(1000)
        #expect(drift.magnitude >= .milliseconds(499))
        #expect((drift > .zero) == (step > .zero))
    }

    @Test(arguments: [Duration.milliseconds(250), .milliseconds(-250), .seconds(9), .seconds(-9)])
    func itMeetsTheWallClockAndStaysWithIt(step: Duration) {
        var time = ServiceTime(wall: Self.start, bootTime: .seconds(0), notBefore: nil)
        let needed = Int(step.magnitude.seconds * 2000) + 60
        for second in stride(from: 0, through: needed, by: 10) {
            _ = time.now(wall: Self.start.advanced(by: .seconds(second) + step), bootTime: .seconds(second))
        }
        for second in stride(from: needed + 10, to: needed + 500, by: 10) {
            let wall = Self.start.advanced(by: .seconds(second) + step)
            let now = time.now(wall: wall, bootTime: .seconds(second))
            #expect((now - wall).magnitude <= .milliseconds(1))
            #expect(time.offset(ofWall: wall).magnitude <= .milliseconds(1))
        }
    }

    @Test func theOffsetTellsHowFarTheWallClockIsAhead() {
        var time = ServiceTime(wall: Self.start, bootTime: .seconds(0), notBefore: nil)
        #expect(time.offset(ofWall: Self.start.advanced(by: .seconds(11))) == .seconds(11))
        #expect(time.offset(ofWall: Self.start.advanced(by: .seconds(-11))) == .seconds(-11))
        _ = time.now(wall: Self.start.advanced(by: .seconds(3610)), bootTime: .seconds(10))
        #expect(time.offset(ofWall: Self.start.advanced(by: .seconds(3610))) == .seconds(3600) - .milliseconds(5))
    }

    @Test func itIsDrawnAsFarHoweverOftenItIsAsked() {
        var time = ServiceTime(wall: Self.start, bootTime: .seconds(0), notBefore: nil)
        let wall = Self.start.advanced(by: .seconds(3600))
        for microsecond in 1...100_000 { _ = time.now(wall: wall, bootTime: .microseconds(microsecond)) }
        #expect(time.offset(ofWall: wall) == .seconds(3600) - .milliseconds(100) - .microseconds(50))
    }

    @Test func withoutElapsedTimeNothingMoves() {
        var time = ServiceTime(wall: Self.start, bootTime: .seconds(5), notBefore: nil)
        for step in [3600, -3600, 0] {
            #expect(time.now(wall: Self.start.advanced(by: .seconds(step)), bootTime: .seconds(5)) == Self.start)
        }
    }

    @Test func afterARestartItNeverLiesBeforeTheLastStoredInstant() {
        let stored = Self.start.advanced(by: .seconds(7200))
        var time = ServiceTime(wall: Self.start, bootTime: .seconds(0), notBefore: stored)
        var last = stored
        for second in 0...3600 {
            let now = time.now(wall: Self.start.advanced(by: .seconds(second)), bootTime: .seconds(second))
            #expect(now >= last)
            last = now
        }
        #expect(time.offset(ofWall: Self.start.advanced(by: .seconds(3600))) < .seconds(-7100))
    }

    @Test func aStoredInstantInThePastHoldsNothingBack() {
        var time = ServiceTime(
            wall: Self.start,
            bootTime: .seconds(0),
            notBefore: Self.start.advanced(by: .seconds(-1))
        )
        #expect(time.now(wall: Self.start, bootTime: .seconds(0)) == Self.start)
    }

    @Test(arguments: 0..<20)
    func underAnyWallClockItNeverRunsBackwards(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var time = ServiceTime(wall: Self.start, bootTime: .seconds(0), notBefore: nil)
        var (bootTime, step, last) = (Duration.zero, Duration.zero, Self.start)
        for _ in 0..<500 {
            bootTime += .microseconds(Int.random(in: 0...5_000_000, using: &generator))
            if generator.oneIn(10) { step = .seconds(Int.random(in: -36_000...36_000, using: &generator)) }
            let now = time.now(wall: Self.start.advanced(by: bootTime + step), bootTime: bootTime)
            #expect(now >= last)
            let drift = (now - Self.start) - bootTime
            #expect(drift.magnitude <= bootTime / 2000 + .milliseconds(1))
            last = now
        }
    }
}

extension ServiceTime {
    fileprivate init(wall: Instant, bootTime: Duration, notBefore floor: Instant?) {
        self.init(wall: wall, bootTime: bootTime.wholeNanoseconds, notBefore: floor)
    }

    fileprivate mutating func now(wall: Instant, bootTime: Duration) -> Instant {
        now(wall: wall, bootTime: bootTime.wholeNanoseconds)
    }
}

extension Duration {
    fileprivate var wholeNanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }

    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}
