import Querying

extension QueryFormat {
    var contentType: String {
        switch self {
        case .json: JSONAnswer.contentType
        case .csv: "text/csv; charset=utf-8; header=present"
        }
    }

    /// The format that a client prefers (RFC 9110 §12.5.1), JSON where it likes both alike; nil where it excludes both.
    init?(preferredBy accept: String) {
        let weights = Self.allCases.map { Self.weight(of: $0, in: accept) }
        guard let best = weights.max(), best > 0, let index = weights.firstIndex(of: best) else { return nil }
        self = Self.allCases[index]
    }

    /// That of the most specific range that the type is in.
    private static func weight(of format: QueryFormat, in accept: String) -> Double {
        let type = format == .json ? "application/json" : "text/csv"
        let ranges = [type, type.prefix { $0 != "/" } + "/*", "*/*"]
        var best: (rank: Int, weight: Double) = (ranges.count, 0)
        for element in accept.split(separator: ",") {
            let parts = element.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let rank = parts.first.flatMap({ part in ranges.firstIndex { $0 == part } }), rank <= best.rank else {
                continue
            }
            // A malformed weight cannot have meant a wish.
            let weight = parts.first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            best = rank < best.rank ? (rank, weight) : (rank, max(weight, best.weight))
        }
        return best.weight
    }
}
