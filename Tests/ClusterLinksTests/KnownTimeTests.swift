import ClusterLinks
import Testing

/// Truth rules 10, 11 and 16: when anything is known of a cluster's links.
struct KnownTimeTests {
    private static func run(_ first: Int64, _ last: Int64, failure: String? = nil, staleAfter: Int = 180) -> PollRun {
        PollRun(
            outcome: PollOutcome(failure: failure, httpStatus: nil),
            firstAt: .seconds(first),
            lastAt: .seconds(last),
            count: 2,
            totalDuration: .zero,
            staleAfter: .seconds(staleAfter),
            successesBefore: 0
        )
    }

    @Test(
        arguments: [
            ([], []),
            ([run(0, 60)], [Span(0, 240)]),
            ([run(100, 100, staleAfter: 30)], [Span(100, 130)]),
            // Failures add nothing, and take nothing away before the knowledge is stale.
            ([run(0, 60, failure: "timeout")], []),
            ([run(0, 60), run(120, 200, failure: "timeout"), run(260, 300)], [Span(0, 240), Span(260, 480)]),
            ([run(0, 60), run(120, 200, failure: "timeout"), run(230, 300)], [Span(0, 480)]),
            ([run(0, 60), run(240, 300)], [Span(0, 480)]),
            ([run(260, 300), run(0, 60)], [Span(0, 240), Span(260, 480)]),
            // The latest success alone says how long it holds.
            ([run(0, 60, staleAfter: 600), run(120, 180, staleAfter: 30)], [Span(0, 210)]),
        ] as [([PollRun], [Span])]
    )
    func knowledgeLastsFromASuccessUntilItIsStale(runs: [PollRun], known: [Span]) {
        #expect(KnownTime.spans(of: runs) == known)
    }

    @Test func timeOutsideTheConfigurationIsUnknown() {
        let runs = [Self.run(0, 60), Self.run(500, 560)]
        let known = KnownTime.spans(of: runs, configured: [Span(0, 100), Span(500, 10_000)])
        #expect(known == [Span(0, 100), Span(500, 740)])
        #expect(KnownTime.spans(of: runs, configured: []) == [])
    }
}
