import ClusterLinks
import Testing

struct DurationTextTests {
    @Test(arguments: [
        ("500ms", 500), ("30s", 30_000), ("5m", 300_000), ("12h", 43_200_000), ("90d", 7_776_000_000),
        ("1h30m", 5_400_000), ("1d2h3m4s5ms", 93_784_005), ("1w", 604_800_000), ("1y", 31_536_000_000), ("0", 0),
        ("0s", 0),
    ])
    func aDurationIsReadAndWritten(text: String, milliseconds: Int) throws {
        let duration = try DurationText.parse(text)
        #expect(duration == .milliseconds(milliseconds))
        #expect(try DurationText.parse(DurationText.format(duration)) == duration)
    }

    @Test(arguments: ["", "s", "5", "1.5h", "-1s", "1s1h", "1s1s", "1h ", " 1h", "1H", "1min", "٣s", "1e3s"])
    func whatIsNoDurationIsRefused(text: String) {
        #expect(throws: DurationText.Fault.unreadable) { try DurationText.parse(text) }
    }

    @Test(arguments: ["9999999999999999999ms", "9999999999999y", "292471208y365d"])
    func whatCannotBeCountedIsRefused(text: String) {
        #expect(throws: DurationText.Fault.tooLong) { try DurationText.parse(text) }
    }
}
