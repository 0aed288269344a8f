import ClusterLinks
import Testing

/// Truth rule 11: instants in RFC 3339 with milliseconds.
struct InstantTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1, "1970-01-01T00:00:00.001Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (1_709_164_800_000, "2024-02-29T00:00:00.000Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"), (1_795_372_751_042, "2026-11-22T18:39:11.042Z"),
            (1_735_689_599_999, "2024-12-31T23:59:59.999Z"), (1_735_689_600_000, "2025-01-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        ] as [(Int64, String)]
    )
    func anInstantIsWrittenInUTCWithMilliseconds(milliseconds: Int64, text: String) {
        #expect(Instant(milliseconds: milliseconds).description == text)
        #expect(Instant(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        ("2026-11-22T18:39:11Z", "2026-11-22T18:39:11.000Z"), ("2026-11-22t18:39:11z", "2026-11-22T18:39:11.000Z"),
        ("2026-11-22T18:39:11+00:00", "2026-11-22T18:39:11.000Z"),
        ("2026-11-22T18:39:11-00:00", "2026-11-22T18:39:11.000Z"),
        ("2026-11-22T19:39:11+01:00", "2026-11-22T18:39:11.000Z"),
        ("2026-11-22T13:09:11-05:30", "2026-11-22T18:39:11.000Z"),
        ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.000Z"),
        ("2025-12-31T23:59:59-00:01", "2026-01-01T00:00:59.000Z"),
        ("2026-11-22T18:39:11.1Z", "2026-11-22T18:39:11.100Z"), ("2026-11-22T18:39:11.12Z", "2026-11-22T18:39:11.120Z"),
        ("2026-11-22T18:39:11.1239Z", "2026-11-22T18:39:11.123Z"),
        ("2026-11-22T18:39:11.000000001Z", "2026-11-22T18:39:11.000Z"),
        ("2026-11-22T18:39:11.9999999999999999999999999Z", "2026-11-22T18:39:11.999Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"), ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z"),
    ])
    func anyOffsetAndPrecisionIsRead(text: String, utc: String) {
        #expect(Instant(rfc3339: text)?.description == utc)
    }

    @Test(arguments: [
        "", "now", "2026-11-22", "2026-11-22T18:39:11", "2026-11-22T18:39Z", "18:39:11Z", "1795372751", "1795372751042",
        "2026-11-22T18:39:11.Z", "2026-11-22T18:39:11,5Z", "2026-11-22T18:39:11+01", "2026-11-22T18:39:11+0100",
        "2026-11-22T18:39:11+24:00", "2026-11-22T18:39:11+01:60", "2026-11-22T18:39:11ZZ", "2026-11-22T18:39:11Z ",
        " 2026-11-22T18:39:11Z", "2026-11-22T24:00:00Z", "2026-11-22T18:60:00Z", "2026-11-22T18:39:61Z",
        "2026-00-22T18:39:11Z", "2026-13-22T18:39:11Z", "2026-11-00T18:39:11Z", "2026-11-31T18:39:11Z",
        "2026-02-29T18:39:11Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-1-2T18:39:11Z",
        "26-11-22T18:39:11Z", "+2026-11-22T18:39:11Z", "-2026-11-22T18:39:11Z", "02026-11-22T18:39:11Z",
        "2026/11/22T18:39:11Z", "2026-11-22T18.39.11Z", "20261122T183911Z", "2026-W47-7T18:39:11Z",
        "２０２６-11-22T18:39:11Z", "2026-11-22T18:39:11.1é", "2026-11-22T18:39:11−01:00", "2026-11-22T1 :39:11Z",
    ])
    func anythingElseIsRefused(text: String) { #expect(Instant(rfc3339: text) == nil) }

    @Test func everyDayOfFourCenturiesComesBack() throws {
        // Counted by hand: an independent calendar that only knows how long months are.
        var day = 0
        for year in 1970..<2371 {
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                // The first and the last day of each month tell of all between them.
                for date in [1, length] {
                    let text = "\(year)-\(Self.two(month + 1))-\(Self.two(date))T12:34:56.789Z"
                    let milliseconds = Int64(day + date - 1) * 86_400_000 + 45_296_789
                    #expect(Instant(milliseconds: milliseconds).description == text)
                    #expect(Instant(rfc3339: text)?.milliseconds == milliseconds)
                }
                day += length
            }
        }
    }

    @Test func randomInstantsComeBack() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let instant = Instant(
                milliseconds: Int64.random(in: -62_135_596_800_000..<253_402_300_800_000, using: &generator)
            )
            #expect(Instant(rfc3339: instant.description) == instant)
        }
    }

    @Test func instantsAreOrderedAndApartByDurations() {
        let (early, late) = (Instant.seconds(10), Instant.seconds(12))
        #expect(early < late)
        #expect(late - early == .seconds(2))
        #expect(early - late == .seconds(-2))
        #expect(early.advanced(by: .milliseconds(1500)) == Instant(milliseconds: 11_500))
        #expect(early.duration(to: late) == .seconds(2))
    }

    @Test(
        arguments: [
            (Duration.zero, 0), (.milliseconds(1), 1), (.microseconds(999), 0), (.microseconds(1999), 1),
            (.seconds(3), 3000),
            (.microseconds(-1), -1), (.milliseconds(-1), -1), (.microseconds(-1001), -2), (.seconds(-3), -3000),
        ] as [(Duration, Int64)]
    )
    func millisecondsAreRoundedDown(duration: Duration, milliseconds: Int64) {
        #expect(duration.milliseconds == milliseconds)
    }

    @Test func secondsKeepTheirFraction() {
        #expect(Duration.milliseconds(1500).seconds == 1.5)
        #expect(Duration.milliseconds(-250).seconds == -0.25)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
