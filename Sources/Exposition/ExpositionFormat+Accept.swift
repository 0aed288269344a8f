extension ExpositionFormat {
    /// The format that a scraper prefers by its `Accept` (RFC 9110 §12.5.1).
    ///
    /// OpenMetrics is for those who name it, in a version that is written here and with no smaller weight than plain text;
    /// everyone else gets the text format, also who accepts neither: a scrape is better than a refusal.
    package init(preferredBy accept: String) {
        var openMetrics = 0.0
        var prometheus = 0.0
        for element in accept.split(separator: ",") {
            let parts = element.split(separator: ";").map { Self.trimmed($0).lowercased() }
            var parameters: [String: String] = [:]
            for parameter in parts.dropFirst() {
                guard let equals = parameter.firstIndex(of: "=") else { continue }
                let name = String(parameter[..<equals])
                if parameters[name] == nil { parameters[name] = String(parameter[parameter.index(after: equals)...]) }
            }
            // A malformed weight cannot have meant a wish.
            let weight = parameters["q"].map { Double($0) ?? 0 } ?? 1
            let version = parameters["version"]?.trimmingQuotes
            switch parts.first {
            case "application/openmetrics-text":
                if version.map(Self.openMetricsVersions.contains) ?? true { openMetrics = max(openMetrics, weight) }
            case "text/plain":
                if version.map({ $0 == "0.0.4" }) ?? true { prometheus = max(prometheus, weight) }
            default: break
            }
        }
        self = openMetrics > 0 && openMetrics >= prometheus ? .openMetrics : .prometheus
    }

    /// Scrapers older than the standard ask for its drafts, which differ in nothing that is written here.
    private static let openMetricsVersions: Set<Substring> = ["1.0.0", "0.0.1"]

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}

extension String {
    fileprivate var trimmingQuotes: Substring {
        hasPrefix("\"") && hasSuffix("\"") && count > 1 ? dropFirst().dropLast() : self[...]
    }
}
