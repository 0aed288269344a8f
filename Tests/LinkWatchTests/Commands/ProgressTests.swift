import Console
import Testing

@testable import LinkWatch

/// What long work says of how far it has come.
struct ProgressTests {
    @Test func `work that is soon done says nothing, and longer work ten times a second`() {
        let begun = ContinuousClock.Instant.now
        var pace = ProgressPace(begun: begun)
        let shown = (0..<2000).filter { pace.shows(at: begun.advanced(by: .milliseconds($0))) }
        #expect(shown == Array(stride(from: 500, to: 2000, by: 100)))
    }

    @Test(
        arguments: [
            ("asking http://a", 80, "asking http://a"), ("asking http://a", 15, "asking http:/…"),
            ("asking http://a", 16, "asking http://a"), ("a\u{1B}[31m", 80, "a [31m"), ("asking", 1, ""),
            ("asking", nil, "asking"),
        ] as [(String, Int?, String)]
    )
    func `progress stays on its line`(_ text: String, _ columns: Int?, _ shown: String) {
        #expect(ProgressLine.fitting(text, columns: columns) == shown)
    }

    @Test(
        arguments: [
            (0, "0 bytes"), (1023, "1023 bytes"), (1024, "1.0 KiB"), (1_050_000, "1.0 MiB"), (50_436_505, "48.1 MiB"),
            (1 << 40, "1.0 TiB"), (Int64.max, "8388608.0 TiB"),
        ] as [(Int64, String)]
    )
    func `bytes are told in the largest unit`(_ bytes: Int64, _ text: String) {
        #expect(ByteCount(bytes).description == text)
    }
}
