/// The two text formats that Prometheus scrapes.
package enum ExpositionFormat: Sendable, Hashable {
    /// <https://prometheus.io/docs/instrumenting/exposition_formats/>, version 0.0.4.
    case prometheus
    /// <https://prometheus.io/docs/specs/om/open_metrics_spec/>, version 1.0.0.
    case openMetrics

    package var contentType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// Appends families in the order given; a family without samples still tells its name and help.
    package func write(_ families: [MetricFamily], into bytes: inout [UInt8]) {
        for family in families { write(family, into: &bytes) }
    }

    /// Ends the text: OpenMetrics demands an end, so that a cut-off scrape is told from a whole one.
    package func end(_ bytes: inout [UInt8]) {
        if self == .openMetrics { bytes.append(contentsOf: "# EOF\n".utf8) }
    }

    private func write(_ family: MetricFamily, into bytes: inout [UInt8]) {
        let name = family.kind == .counter && self == .prometheus ? family.name + "_total" : family.name
        bytes.append(contentsOf: "# HELP \(name) \(Self.escaped(family.help, quotes: self == .openMetrics))\n".utf8)
        bytes.append(contentsOf: "# TYPE \(name) \(family.kind.rawValue)\n".utf8)
        for sample in family.samples {
            bytes.append(contentsOf: family.name.utf8)
            bytes.append(contentsOf: sample.suffix.utf8)
            if !sample.labels.isEmpty {
                bytes.append(UInt8(ascii: "{"))
                for (index, label) in sample.labels.enumerated() {
                    if index > 0 { bytes.append(UInt8(ascii: ",")) }
                    bytes.append(contentsOf: label.name.utf8)
                    bytes.append(contentsOf: "=\"".utf8)
                    bytes.append(contentsOf: Self.escaped(label.value, quotes: true).utf8)
                    bytes.append(UInt8(ascii: "\""))
                }
                bytes.append(UInt8(ascii: "}"))
            }
            bytes.append(contentsOf: " \(Self.text(of: sample.value))\n".utf8)
        }
    }

    /// A whole number without a fraction, anything else in the shortest form that reads back the same.
    static func text(of value: Double) -> String {
        if value == .infinity { return "+Inf" }
        if value == -.infinity { return "-Inf" }
        if value.isNaN { return "NaN" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || (quotes && $0 == 0x22) }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += #"\\"#
            case "\n": result += #"\n"#
            case "\"" where quotes: result += #"\""#
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
