import Foundation

/// The alerts among Prometheus' rules as they are shipped; promtool has read the file by the time that its text is looked at here.
struct PrometheusRules {
    static let runbook = "https://linkwatch.example.org/docs/runbook.md"

    struct Rule {
        let name: String
        /// All that follows its name.
        let text: String

        /// What follows a key on its line.
        func value(of key: String) -> String? {
            text.split(separator: "\n").first { $0.drop { $0 == " " }.hasPrefix(key + ": ") }
                .map { String($0.drop { $0 == " " }.dropFirst(key.count + 2)) }
        }
    }

    let rules: [Rule]

    init() throws {
        let text = try Repository.text("deploy/prometheus/rules/linkwatch.yml")
        rules = text.components(separatedBy: "- alert: ").dropFirst().map { part in
            let name = part.prefix { $0 != "\n" }
            // The next group is no part of it.
            let end = part.firstRange(of: "\n  - name: ")?.lowerBound ?? part.endIndex
            return Rule(name: String(name), text: String(part[name.endIndex..<end]))
        }
    }
}
