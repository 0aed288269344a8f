package import ClusterLinks

extension Instant {
    /// For people: `2026-11-22 18:39:11Z`, without milliseconds, which nobody reads in a table.
    package var toTheSecond: String {
        let text = description
        guard let end = text.firstIndex(of: ".") else { return text }
        return text[..<end].replacing("T", with: " ", maxReplacements: 1) + "Z"
    }

    /// How far it lies from now, in its largest unit: `3 h ago`, `in 5 min`.
    package func relative(to now: Instant) -> String {
        let length = (now - self).rough
        return self <= now ? "\(length) ago" : "in \((self - now).rough)"
    }
}

extension Duration {
    /// Its largest unit of which there are at least two, or one second: `90 min`, `3 h`, `12 d`.
    package var rough: String {
        let seconds = max(milliseconds / 1000, 0)
        for (unit, length) in Self.units where seconds >= 2 * length { return "\(seconds / length) \(unit)" }
        return "\(seconds) s"
    }

    private static let units: [(String, Int64)] = [
        ("y", 31_556_952), ("mo", 2_629_746), ("d", 86_400), ("h", 3600), ("min", 60),
    ]
}
