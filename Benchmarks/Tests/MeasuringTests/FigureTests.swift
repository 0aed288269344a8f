import Measuring
import Testing

struct FigureTests {
    @Test(arguments: [([3.0], 3.0), ([5, 1, 3], 3), ([4, 1, 3, 2], 2.5)] as [([Double], Double)])
    func `a median is in the middle`(values: [Double], median: Double) {
        #expect(values.median == median)
    }

    @Test func `nothing has no median and no percentile`() {
        #expect([Double]().median.isNaN)
        #expect(Latencies([]).microseconds(at: 0.99).isNaN)
    }

    @Test(arguments: [(0.0, 1.0), (0.5, 50), (0.501, 51), (0.99, 99), (1, 100)])
    func `a percentile is one of the values`(share: Double, microseconds: Double) {
        let latencies = Latencies((1...100).reversed().map { .microseconds($0) })
        #expect(abs(latencies.microseconds(at: share) - microseconds) < 0.001)
    }

    @Test func `a round is told by request and by second`() {
        let round = Round(requests: 1000, duration: .milliseconds(500), processor: .milliseconds(20))
        #expect(round.microsecondsPerRequest == 20)
        #expect(round.requestsPerSecond == 2000)
    }

    @Test func `a table is Markdown`() {
        var table = MarkdownTable("what", "µs")
        table.add("one", "2")
        #expect("\(table)" == "| what | µs |\n| --- | --: |\n| one | 2 |")
    }
}
