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
        for family in families {
            writeHead(of: family, into: &bytes)
            family.writeSamples(into: &bytes)
        }
    }

    /// Ends the text: OpenMetrics demands an end, so that a cut-off scrape is told from a whole one.
    package func end(_ bytes: inout [UInt8]) {
        if self == .openMetrics { bytes.append(contentsOf: "# EOF\n".utf8) }
    }

    /// Appends name, help and type, in which the formats differ; all of a family's samples follow it.
    package func writeHead(of family: MetricFamily, into bytes: inout [UInt8]) {
        let name = family.kind == .counter && self == .prometheus ? family.name + "_total" : family.name
        bytes.append(contentsOf: "# HELP \(name) ".utf8)
        Self.writeEscaped(family.help, quotes: self == .openMetrics, into: &bytes)
        bytes.append(contentsOf: "\n# TYPE \(name) \(family.kind.rawValue)\n".utf8)
    }

    /// A whole number without a fraction, anything else in the shortest form that reads back the same.
    static func text(of value: Double) -> String {
        if value == .infinity { return "+Inf" }
        if value == -.infinity { return "-Inf" }
        if value.isNaN { return "NaN" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }

    /// Appends a text as both formats escape it.
    static func writeEscaped(_ text: String, quotes: Bool, into bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
            case UInt8(ascii: "\"") where quotes: bytes.append(contentsOf: #"\""#.utf8)
            default: bytes.append(byte)
            }
        }
    }
}
