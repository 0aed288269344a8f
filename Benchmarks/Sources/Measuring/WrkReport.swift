/// What wrk says at its end.
package struct WrkReport: Sendable, Equatable {
    package let requests: Int
    package let duration: Duration

    /// Reads wrk's output.
    ///
    /// A round with errors is refused: refusals are cheap, and would make a server look fast.
    package init(parsing text: String) throws(MeasuringError) {
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
        for line in lines where line.hasPrefix("Non-2xx or 3xx responses") || line.hasPrefix("Socket errors") {
            throw .failedRequests(line: String(line))
        }
        let words = lines.first { $0.contains(" requests in ") }?.split(separator: " ") ?? []
        guard words.count >= 4, let requests = Int(words[0]), requests > 0, let duration = Self.duration(words[3])
        else { throw .unreadable(program: "wrk", text: text) }
        self.requests = requests
        self.duration = duration
    }

    /// wrk writes `5.00s,` or, beyond a minute, `1.50m,`.
    private static func duration(_ word: Substring) -> Duration? {
        let text = word.filter { $0 != "," }
        let units: [(suffix: String, seconds: Double)] = [("ms", 0.001), ("us", 0.000_001), ("s", 1), ("m", 60)]
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }),
            let count = Double(text.dropLast(unit.suffix.count)), count > 0
        else { return nil }
        return .microseconds(Int64((count * unit.seconds * 1_000_000).rounded()))
    }
}
