/// Durations as Prometheus writes them: `500ms`, `30s`, `1h30m`, `90d`; units from long to short, each at most once.
///
/// A day is 24 hours, a week 7 days, a year 365 days (https://prometheus.io/docs/prometheus/latest/configuration/configuration).
package enum DurationText {
    /// Why a text is no duration.
    package enum Fault: Error, Hashable {
        case unreadable
        /// More milliseconds than can be counted.
        case tooLong
    }

    private static let units: [(name: String, milliseconds: Int64)] = [
        ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000),
        ("ms", 1),
    ]

    package static func parse(_ text: String) throws(Fault) -> Duration {
        if text == "0" { return .zero }
        var rest = Substring(text)
        var total: Int64 = 0
        var next = 0
        repeat {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let letters = rest[digits.endIndex...].prefix { $0.isASCII && $0.isLetter }
            guard !digits.isEmpty, !letters.isEmpty, let unit = units.firstIndex(where: { $0.name == letters }),
                unit >= next
            else { throw .unreadable }
            guard let count = Int64(digits) else { throw .tooLong }
            let (part, overflows) = count.multipliedReportingOverflow(by: units[unit].milliseconds)
            let (sum, isTooLong) = total.addingReportingOverflow(part)
            guard !overflows, !isTooLong else { throw .tooLong }
            total = sum
            next = unit + 1
            rest = rest[letters.endIndex...]
        } while !rest.isEmpty
        return .milliseconds(total)
    }

    /// The shortest spelling that `parse` takes back; what is below a millisecond is left out.
    package static func format(_ duration: Duration) -> String {
        var rest = duration.milliseconds
        guard rest > 0 else { return "0s" }
        var text = ""
        for unit in units where unit.name != "w" && unit.name != "y" && rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text
    }
}
