import Testing

@testable import HTTPServing

struct DeadlineWheelTests {
    @Test func `a token is told after its deadline, within a tick`() {
        var wheel = DeadlineWheel(tick: 10, slotCount: 8, now: 0)
        let told = wheel.insert(7, at: 25)
        #expect(told == 30)
        #expect(wheel.advance(to: 29) == [])
        #expect(wheel.advance(to: 30) == [7])
        #expect(wheel.advance(to: 500) == [])
    }

    @Test func `when a deadline is told is known before it is put in`() {
        for now in [0, 7, 1000] as [Int64] {
            var wheel = DeadlineWheel(tick: 10, slotCount: 8, now: now)
            for deadline in now - 20...now + 200 {
                let told = wheel.telling(of: deadline)
                #expect(wheel.insert(UInt64(deadline + 20), at: deadline) == told)
                #expect(told > deadline || told == (now / 10 + 7) * 10)
            }
        }
    }

    @Test func `a deadline beyond the ring is told early, to be put in again`() {
        var wheel = DeadlineWheel(tick: 10, slotCount: 8, now: 0)
        #expect(wheel.insert(7, at: 1000) == 70)
        #expect(wheel.advance(to: 70) == [7])
    }

    @Test func `a deadline that has passed is told at the next tick`() {
        var wheel = DeadlineWheel(tick: 10, slotCount: 8, now: 100)
        #expect(wheel.insert(7, at: 5) == 110)
        #expect(wheel.advance(to: 110) == [7])
    }

    @Test func `when there is something to tell next is known, whatever was put in and told`() {
        for seed in 0..<50 as Range<UInt64> {
            var random = SplitMix(state: seed)
            var wheel = DeadlineWheel(tick: 10, slotCount: 8, now: 0)
            var tellings: [UInt64: Int64] = [:]
            var now: Int64 = 0
            for token in 0..<200 as Range<UInt64> {
                tellings[token] = wheel.insert(token, at: now + Int64(random.next() % 150))
                #expect(wheel.nextTelling == tellings.values.min())
                now += Int64(random.next() % 40)
                let due = wheel.advance(to: now)
                #expect(Set(due) == Set(tellings.filter { $0.value <= now }.keys))
                for token in due { tellings[token] = nil }
                #expect(wheel.nextTelling == tellings.values.min() ?? .max)
            }
        }
    }

    @Test func `nothing is lost over a long pause`() {
        var wheel = DeadlineWheel(tick: 10, slotCount: 8, now: 0)
        for token in UInt64(1)...6 { _ = wheel.insert(token, at: Int64(token) * 10) }
        #expect(Set(wheel.advance(to: 100_000)) == Set(1...6))
    }
}
