import ClusterLinks
import KafkaREST
import Testing

struct RetryAdviceTests {
    /// `Fixture.now` is Sun, 22 Nov 2026 18:00:00 GMT.
    @Test(
        arguments: [
            ("30", Duration.seconds(30)), ("0", .zero), (" 7 ", .seconds(7)), ("86400", .seconds(86_400)),
            ("99999999999999999999999", .seconds(86_400)), ("Sun, 22 Nov 2026 18:01:30 GMT", .seconds(90)),
            ("Sunday, 22-Nov-26 18:00:05 GMT", .seconds(5)), ("Sun Nov 22 18:00:05 2026", .seconds(5)),
            ("Sun, 22 Nov 2026 17:00:00 GMT", .zero), ("Sun Nov  1 18:00:05 2026", .zero),
            ("Sun, 22 Nov 9999 18:00:00 GMT", .seconds(86_400)), ("", nil), ("soon", nil), ("-5", nil), ("1.5", nil),
            ("1 2", nil),
            ("Sun, 31 Feb 2026 18:00:00 GMT", nil), ("Sun, 22 Nox 2026 18:00:00 GMT", nil),
            ("Sun, 22 Nov 2026 18:00:00 CET", nil),
        ] as [(String, Duration?)]
    )
    func retryAfterIsReadInEveryForm(value: String, delay: Duration?) async throws {
        let failure = try await Fixture.failure(.body("", status: 429, headers: [Header("retry-after", value)]))
        #expect(failure.retryAfter == delay)
    }

    @Test func aDateIsHeldAgainstTheServersOwnClock() async throws {
        let headers = [
            Header("Date", "Fri, 01 Jan 2027 00:00:00 GMT"), Header("Retry-After", "Fri, 01 Jan 2027 00:00:20 GMT"),
        ]
        let failure = try await Fixture.failure(.body("", status: 503, headers: headers))
        #expect(failure.retryAfter == .seconds(20))
    }

    @Test func theResetOfALimitCountsWhereThereIsNoRetryAfter() async throws {
        let reset = Header("X-RateLimit-Reset", "12")
        #expect(try await Fixture.failure(.body("", status: 429, headers: [reset])).retryAfter == .seconds(12))
        #expect(try await Fixture.failure(.body("", status: 503, headers: [reset])).retryAfter == nil)
        let both = [reset, Header("Retry-After", "3")]
        #expect(try await Fixture.failure(.body("", status: 429, headers: both)).retryAfter == .seconds(3))
        let unreadable = [reset, Header("Retry-After", "later")]
        #expect(try await Fixture.failure(.body("", status: 429, headers: unreadable)).retryAfter == .seconds(12))
    }

    @Test func withoutAdviceThereIsNone() async throws {
        #expect(try await Fixture.failure(.body("", status: 429)).retryAfter == nil)
    }
}
