extension Configuration.Alerts {
    /// Gives alerts of one kind, code or set of labels their severity; what is nil or empty matches everything.
    package struct SeverityRule: Sendable, Equatable {
        package var kind: Kind?
        /// A `link_error`, a task's code or a `link_state`, as the upstream writes it: an open set.
        package var code: String?
        /// Of the alert, each with exactly this value.
        package var labels: [String: String] = [:]
        package var severity: Severity

        package init(severity: Severity) {
            self.severity = severity
        }
    }
}

extension Configuration.Alerts.SeverityRule {
    init?(reading section: Section) {
        let kind = section["kind"]?.choice(of: Configuration.Alerts.Kind.self)
        let code = section["code"]?.word()
        // Also the labels that linkwatch gives an alert, such as link_name.
        let labels = section["labels"]?.labels(check: LabelName.checkSpelling) ?? [:]
        let severity = section.required("severity")?.choice(of: Configuration.Alerts.Severity.self)
        section.close()
        guard let severity else { return nil }
        self.init(severity: severity)
        self.kind = kind
        self.code = code
        self.labels = labels
    }
}
