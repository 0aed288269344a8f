import ClusterLinks
import Testing

/// Truth rule 11: spans are half-open.
struct SpanTests {
    @Test(arguments: [
        (Span(0, 10), Span(5, 20), Span(5, 10)), (Span(0, 10), Span(0, 10), Span(0, 10)),
        (Span(0, 10), Span(2, 3), Span(2, 3)),
    ])
    func spansShareWhatBothCover(left: Span, right: Span, shared: Span) {
        #expect(left.clipped(to: right) == shared)
        #expect(right.clipped(to: left) == shared)
    }

    @Test(arguments: [(Span(0, 10), Span(10, 20)), (Span(0, 10), Span(15, 20)), (Span(5, 5), Span(0, 10))])
    func spansThatOnlyTouchShareNothing(left: Span, right: Span) {
        #expect(left.clipped(to: right).isEmpty)
        #expect(left.clipped(to: right).length == .zero)
    }

    @Test func anEmptyOrBackwardSpanHasNoLength() {
        #expect(Span(5, 5).isEmpty)
        #expect(Span(6, 5).isEmpty)
        #expect(Span(6, 5).length == .zero)
        #expect(Span(0, 5).length == .seconds(5))
    }

    @Test(
        arguments: [
            ([], []), ([Span(0, 1)], [Span(0, 1)]), ([Span(5, 6), Span(0, 1)], [Span(0, 1), Span(5, 6)]),
            ([Span(0, 5), Span(5, 9)], [Span(0, 9)]), ([Span(0, 5), Span(3, 4)], [Span(0, 5)]),
            ([Span(0, 5), Span(4, 9), Span(10, 11)], [Span(0, 9), Span(10, 11)]), ([Span(5, 5), Span(7, 6)], []),
            ([Span(0, 9), Span(1, 2), Span(3, 4), Span(9, 10)], [Span(0, 10)]),
        ] as [([Span], [Span])]
    )
    func joinedSpansAreInOrderAndApart(spans: [Span], joined: [Span]) { #expect(spans.joined == joined) }

    @Test(
        arguments: [
            ([], Span(0, 10), 0), ([Span(0, 10)], Span(2, 4), 2), ([Span(0, 3), Span(4, 5)], Span(0, 10), 4),
            ([Span(0, 3), Span(7, 20)], Span(2, 10), 4), ([Span(0, 10)], Span(10, 20), 0),
            ([Span(0, 1), Span(2, 3), Span(4, 5), Span(6, 7)], Span(3, 6), 1), ([Span(0, 10)], Span(5, 5), 0),
        ] as [([Span], Span, Int)]
    )
    func coverageCountsEveryInstantOnce(spans: [Span], window: Span, seconds: Int) {
        #expect(spans.coverage(of: window) == .seconds(seconds))
    }

    @Test(
        arguments: [
            ([], [Span(0, 9)], []), ([Span(0, 9)], [Span(0, 9)], [Span(0, 9)]), ([Span(0, 5)], [Span(5, 9)], []),
            ([Span(0, 5), Span(6, 9)], [Span(3, 7)], [Span(3, 5), Span(6, 7)]),
            ([Span(0, 9)], [Span(1, 2), Span(3, 4), Span(8, 20)], [Span(1, 2), Span(3, 4), Span(8, 9)]),
        ] as [([Span], [Span], [Span])]
    )
    func listsOfSpansShareWhatBothCover(left: [Span], right: [Span], shared: [Span]) {
        #expect(left.clipped(to: right) == shared)
        #expect(right.clipped(to: left) == shared)
    }
}
