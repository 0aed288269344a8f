import Polling
import Testing

struct SpreadPhaseTests {
    /// Computed by a second implementation: a change of the hash would move every cluster's slot at an upgrade.
    @Test(arguments: [
        ("lkc-3w6270", UInt8(0), 33_314_310_098), ("lkc-3w6270", 1, 30_667_479_182), ("lkc-00001", 0, 44_212_474_054),
        ("lkc-00002", 0, 41_464_620_530), ("naïve", 0, 39_338_294_696),
    ])
    func `the place of an id never changes`(id: String, salt: UInt8, nanoseconds: Int) {
        let offset = SpreadPhase(of: id, salt: salt).offset(within: .s(60))
        #expect(offset.attoseconds / 1_000_000_000 == Int128(nanoseconds))
    }

    @Test(arguments: [UInt8(0), 1])
    func `neighbouring ids spread evenly`(salt: UInt8) {
        var tenths = Array(repeating: 0, count: 10)
        for number in 0..<10_000 {
            let offset = SpreadPhase(of: "lkc-\(number)", salt: salt).offset(within: .s(10))
            tenths[Int(offset.components.seconds)] += 1
        }
        // The standard deviation of a fair throw is 30.
        #expect(tenths.allSatisfy { 850...1150 ~= $0 }, "\(tenths)")
    }

    @Test func `the places for lists and for tasks are independent`() {
        let near = (0..<1000).filter { number in
            let lists = SpreadPhase(of: "lkc-\(number)").offset(within: .s(10))
            let tasks = SpreadPhase(of: "lkc-\(number)", salt: 1).offset(within: .s(10))
            return abs((lists - tasks).attoseconds) < Duration.ms(100).attoseconds
        }
        #expect(near.count < 60)
    }

    @Test func `an offset fits the longest spans exactly`() {
        let year = Duration.s(366 * 86_400)
        let offset = SpreadPhase(of: "lkc-3w6270").offset(within: year)
        #expect(offset == year * 2_384_731_206 / 4_294_967_296)
    }
}
