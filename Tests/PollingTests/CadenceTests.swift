import Polling
import Testing

struct CadenceTests {
    @Test func `a slot follows every slot, an interval later`() {
        let phase = SpreadPhase(of: "lkc-1")
        let cadence = Cadence(every: .ms(1_700), at: phase)
        var slot = cadence.slot(after: .s(-1))
        #expect(slot == phase.offset(within: .ms(1_700)))
        for count in 1...10_000 {
            slot = cadence.slot(after: slot)
            #expect(slot == phase.offset(within: .ms(1_700)) + .ms(1_700) * count)
        }
    }

    @Test func `slots agree with counting them one by one`() {
        var random = SeededGenerator(seed: 11)
        for round in 0..<2_000 {
            let interval = Duration.ms(.random(in: 1...5_000, using: &random))
            let phase = SpreadPhase(of: round)
            let instant = Duration.ms(.random(in: 0...100_000, using: &random))
            var expected = phase.offset(within: interval)
            while expected <= instant { expected += interval }
            #expect(Cadence(every: interval, at: phase).slot(after: instant) == expected)
        }
    }

    @Test func `an interval of zero moves on`() {
        let cadence = Cadence(every: .zero, at: SpreadPhase(of: "lkc-1"))
        #expect(cadence.slot(after: .s(5)) > .s(5))
    }
}
