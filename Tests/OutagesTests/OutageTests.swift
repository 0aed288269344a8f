import Outages
import Testing

/// What is told of a trouble that goes on, by the hour and not by the attempt.
struct OutageTests {
    private static let day = 86_400

    /// Plays a trouble second by second; answers when what was told.
    private func play(
        seconds: Range<Int>,
        every step: Int,
        _ outage: inout Outage,
        _ reason: (Int) -> String?
    ) -> [(at: Int, news: Outage.News)] {
        stride(from: seconds.lowerBound, to: seconds.upperBound, by: step).compactMap { second in
            let now = Duration.seconds(second)
            let news = reason(second).map { outage.failed($0, at: now) } ?? outage.succeeded(at: now)
            return news.map { (second, $0) }
        }
    }

    @Test(arguments: [1, 60, 300, 3600])
    func `a day of failure is its beginning, a line an hour and its end`(interval: Int) {
        var outage = Outage()
        let told = play(seconds: 0..<(Self.day + 7200), every: interval, &outage) { $0 <= Self.day ? "dns" : nil }
        #expect(told.count == 1 + 24 + 1)
        #expect(told.first?.news == .fails(failures: 1, lasted: .zero))
        #expect(told.dropLast().map(\.at) == (0...24).map { $0 * 3600 })
        let failures = Self.day / interval + 1
        #expect(told.last?.news == .recovered(failures: failures, lasted: .seconds(Self.day + interval)))
        #expect(!outage.isGoingOn)
    }

    @Test func `a new reason is told at once, and not again when it comes back`() {
        var outage = Outage()
        let told = play(seconds: 0..<Self.day, every: 60, &outage) { $0 / 60 % 2 == 0 ? "dns" : "timeout" }
        #expect(told.prefix(2).map(\.at) == [0, 60])
        #expect(told.count <= 2 + 24)
        // Reasons without end are told for a while and then by the hour.
        var endless = Outage()
        #expect(play(seconds: 0..<Self.day, every: 60, &endless) { "reason \($0)" }.count <= 33 + 24)
    }

    @Test func `what comes and goes each minute is no flood, and its end is told at last`() {
        var outage = Outage()
        let flapping = play(seconds: 0..<Self.day, every: 60, &outage) { $0 / 60 % 2 == 0 ? "reset" : nil }
        #expect(flapping.count <= 24 * 2 * 4)
        let calm = play(seconds: Self.day..<(Self.day + 3600), every: 60, &outage) { _ in nil }
        #expect(calm.count <= 1)
        #expect(!outage.isGoingOn)
        if case .recovered(let failures, _)? = calm.last?.news { #expect(failures > 1) }
    }

    @Test func `of a recovery that was kept back the length ends when nothing failed any more`() {
        var outage = Outage()
        for start in [0, 100, 200] {
            #expect(outage.failed("tls", at: .seconds(start)) != nil)
            #expect(outage.succeeded(at: .seconds(start + 10)) != nil)
        }
        #expect(outage.failed("tls", at: .seconds(300)) == .fails(failures: 1, lasted: .zero), "a beginning is told")
        #expect(outage.succeeded(at: .seconds(310)) == nil)
        #expect(outage.succeeded(at: .seconds(890)) == nil)
        #expect(outage.succeeded(at: .seconds(900)) == .recovered(failures: 1, lasted: .seconds(10)))
        #expect(outage.succeeded(at: .seconds(910)) == nil)
    }
}
