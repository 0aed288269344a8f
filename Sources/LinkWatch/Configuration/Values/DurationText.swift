/// Durations as Prometheus writes them: `500ms`, `30s`, `1h30m`, `90d`; units from long to short, each at most once.
///
/// A day is 24 hours, a week 7 days, a year 365 days (https://prometheus.io/docs/prometheus/latest/configuration/configuration).
enum DurationText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000),
        ("ms", 1),
    ]

    static func parse(_ text: String) throws(Refusal) -> Duration {
        if text == "0" { return .zero }
        var rest = Substring(text)
        var total: Int64 = 0
        var next = 0
        repeat {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let letters = rest[digits.endIndex...].prefix { $0.isASCII && $0.isLetter }
            guard !digits.isEmpty, !letters.isEmpty, let unit = units.firstIndex(where: { $0.name == letters }),
                unit >= next
            else { throw refusal(text) }
            guard let count = Int64(digits) else { throw Refusal("is too long a duration") }
            let (part, overflows) = count.multipliedReportingOverflow(by: units[unit].milliseconds)
            let (sum, isTooLong) = total.addingReportingOverflow(part)
            guard !overflows, !isTooLong else { throw Refusal("is too long a duration") }
            total = sum
            next = unit + 1
            rest = rest[letters.endIndex...]
        } while !rest.isEmpty
        return .milliseconds(total)
    }

    /// The shortest spelling that `parse` takes back; what is below a millisecond is left out.
    static func format(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        var rest = seconds * 1000 + attoseconds / 1_000_000_000_000_000
        guard rest > 0 else { return "0s" }
        var text = ""
        for unit in units where unit.name != "w" && unit.name != "y" && rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text
    }

    private static func refusal(_ text: String) -> Refusal {
        let isNumber = !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
        return Refusal("expected a duration such as 500ms, 30s or 1h30m", suggestion: isNumber ? "\(text)s" : nil)
    }
}
