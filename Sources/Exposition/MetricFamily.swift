/// One metric with all its series, as a scrape shows it.
package struct MetricFamily: Sendable {
    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    /// The name without a suffix that the kind adds: a counter's is given without `_total`.
    package let name: String
    package let kind: Kind
    /// One sentence; the same in every scrape.
    package let help: String
    package private(set) var samples: [Sample] = []

    package struct Sample: Sendable {
        /// What follows the family's name: `_total`, `_bucket`, `_sum`, `_count`, or nothing.
        let suffix: String
        let labels: [Label]
        let value: Double
    }

    package init(_ name: String, _ kind: Kind, help: String) {
        self.name = name
        self.kind = kind
        self.help = help
    }

    /// Adds one series of a counter or a gauge.
    package mutating func add(_ value: Double, _ labels: [Label] = []) {
        samples.append(Sample(suffix: kind == .counter ? "_total" : "", labels: labels, value: value))
    }

    /// Adds one series of a histogram.
    /// - Parameters:
    ///   - counts: what fell into each bucket, not cumulative, one more than `bounds` for what is above them all.
    ///   - sum: of the observed values, in the unit of the bounds.
    package mutating func add(counts: [Int], bounds: [Double], sum: Double, _ labels: [Label] = []) {
        var total = 0
        for (index, count) in counts.enumerated() {
            total += count
            let bound = index < bounds.count ? ExpositionFormat.text(of: bounds[index]) : "+Inf"
            samples.append(Sample(suffix: "_bucket", labels: labels + [Label("le", bound)], value: Double(total)))
        }
        samples.append(Sample(suffix: "_sum", labels: labels, value: sum))
        samples.append(Sample(suffix: "_count", labels: labels, value: Double(total)))
    }
}

/// A label of a series; values come from closed sets or from names, never from messages.
package struct Label: Sendable, Hashable {
    let name: String
    let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
