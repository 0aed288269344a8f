/// A scrape in the text format, taken apart without the product's own code.
struct ScrapedMetrics {
    struct Sample: Hashable {
        let name: String
        /// Without those that are empty, which are none to Prometheus.
        let labels: Set<String>
        /// All names, in their order.
        let labelNames: [String]
    }

    /// The types by the names of the families.
    private(set) var types: [String: String] = [:]
    private(set) var samples: [Sample] = []

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# TYPE ") {
                let words = line.split(separator: " ")
                types[String(words[2])] = String(words[3])
            } else if !line.hasPrefix("#") {
                samples.append(Self.sample(line))
            }
        }
    }

    /// The family of a sample: a histogram's has three names.
    func family(of sample: String) -> String {
        for suffix in ["_bucket", "_sum", "_count"] where sample.hasSuffix(suffix) {
            let family = String(sample.dropLast(suffix.count))
            if types[family] == "histogram" { return family }
        }
        return sample
    }

    private static func sample(_ line: Substring) -> Sample {
        guard let start = line.firstIndex(of: "{"), let end = line.lastIndex(of: "}") else {
            return Sample(name: String(line.prefix { $0 != " " }), labels: [], labelNames: [])
        }
        let pairs = line[line.index(after: start)..<end].matches(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/)
        return Sample(
            name: String(line[..<start]),
            labels: Set(pairs.filter { !$0.output.2.isEmpty }.map { String($0.output.1) }),
            labelNames: pairs.map { String($0.output.1) }
        )
    }
}
