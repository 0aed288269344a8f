import ClusterLinks

/// A date in any of the three forms that a recipient has to read (RFC 9110 §5.6.7).
///
///     Sun, 06 Nov 1994 08:49:37 GMT    what is sent today
///     Sunday, 06-Nov-94 08:49:37 GMT   RFC 850
///     Sun Nov  6 08:49:37 1994         asctime
struct HTTPDate: Sendable, Hashable {
    let instant: Instant

    init?(_ text: String) {
        let words = text.split { " ,-".contains($0) }.map(String.init)
        let parts: (day: String, month: String, year: String, time: String)
        if words.count == 6, words[5] == "GMT" {
            parts = (words[1], words[2], words[3], words[4])
        } else if words.count == 5, !text.contains(",") {
            parts = (words[2], words[1], words[4], words[3])
        } else {
            return nil
        }
        guard let month = Self.months.firstIndex(of: parts.month), let year = Self.year(parts.year),
            let instant = Instant(
                rfc3339: "\(year)-\(Self.twoDigits(String(month + 1)))-\(Self.twoDigits(parts.day))T\(parts.time)Z"
            )
        else { return nil }
        self.instant = instant
    }

    /// A year of two digits is of this century: a date in a `Retry-After` lies ahead or not far back.
    private static func year(_ text: String) -> String? {
        switch text.utf8.count {
        case 4: text
        case 2: "20" + text
        default: nil
        }
    }

    private static func twoDigits(_ text: String) -> String { text.utf8.count == 1 ? "0" + text : text }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
