import Exposition
import Testing

struct ExpositionTests {
    private func text(_ format: ExpositionFormat, _ families: [MetricFamily]) -> String {
        var bytes: [UInt8] = []
        format.write(families, into: &bytes)
        format.end(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func aCounterIsNamedAsEachFormatWants() {
        var polls = MetricFamily("polls", .counter, help: "Polls.")
        polls.add(3, [Label("cluster", "lkc-1")])
        #expect(
            text(.prometheus, [polls]) == """
                # HELP polls_total Polls.
                # TYPE polls_total counter
                polls_total{cluster="lkc-1"} 3

                """
        )
        #expect(
            text(.openMetrics, [polls]) == """
                # HELP polls Polls.
                # TYPE polls counter
                polls_total{cluster="lkc-1"} 3
                # EOF

                """
        )
    }

    @Test func whatEndsALabelIsEscaped() {
        var up = MetricFamily("up", .gauge, help: "a\\b\nc")
        up.add(0.25, [Label("name", "q\"u\\o\nte")])
        #expect(
            text(.prometheus, [up]) == """
                # HELP up a\\\\b\\nc
                # TYPE up gauge
                up{name="q\\"u\\\\o\\nte"} 0.25

                """
        )
    }

    @Test func aHistogramIsCumulative() {
        var family = MetricFamily("d_seconds", .histogram, help: "D.")
        family.add(counts: [1, 0, 2], bounds: [0.5, 1], sum: 7.5)
        #expect(
            text(.prometheus, [family]) == """
                # HELP d_seconds D.
                # TYPE d_seconds histogram
                d_seconds_bucket{le="0.5"} 1
                d_seconds_bucket{le="1"} 1
                d_seconds_bucket{le="+Inf"} 3
                d_seconds_sum 7.5
                d_seconds_count 3

                """
        )
    }
}
