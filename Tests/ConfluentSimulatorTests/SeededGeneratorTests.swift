import ConfluentSimulator
import Testing

struct SeededGeneratorTests {
    @Test func `the sequence is that of SplitMix64`() {
        // The first outputs for seed 1234567 as given by the algorithm's reference implementation.
        var generator = SeededGenerator(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    @Test func `a shuffle keeps the elements`() {
        var generator = SeededGenerator(seed: 5)
        let shuffled = generator.shuffle(Array(0..<50))
        #expect(shuffled != Array(0..<50))
        #expect(shuffled.sorted() == Array(0..<50))
    }
}
