import Alerting

extension SeverityRule {
    /// Reads `severities`, of which the first that matches counts.
    static func rules(in section: Section) -> [SeverityRule] {
        var known: [(path: SettingPath, rule: SeverityRule)] = []
        for item in section.sections("severities") {
            guard let rule = SeverityRule(reading: item) else { continue }
            if let first = known.first(where: { $0.rule.covers(rule) }) {
                item.reading.warn(
                    "has no effect: \(first.path) matches all that it does; put the narrower rule first",
                    at: item.position,
                    item.path
                )
            }
            known.append((item.path, rule))
        }
        return known.map(\.rule)
    }

    private init?(reading section: Section) {
        let kind = section["kind"]?.choice(of: AlertKind.self)
        let code = section["code"]?.word()
        // Also the labels that linkwatch gives an alert, such as link_name.
        let labels = section["labels"]?.labels(check: Self.checkLabel) ?? [:]
        let severity = section.required("severity")?.choice(of: AlertSeverity.self)
        section.close()
        guard let severity else { return nil }
        self.init(kind: kind, code: code, labels: labels, severity: severity)
    }

    private static func checkLabel(_ name: String) throws(Refusal) {
        try LabelName.checkSpelling(name)
        guard name != "severity" else {
            throw Refusal("is what the rule decides, so that nothing can be matched by it", quotes: false)
        }
    }

    /// Whether whatever the other matches is matched by this one, too.
    private func covers(_ other: SeverityRule) -> Bool {
        (kind == nil || kind == other.kind) && (code == nil || code == other.code)
            && labels.allSatisfy { name, value in other.labels[name] == value }
    }
}
