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
        let kindSetting = section["kind"]
        let kind = kindSetting?.choice(of: Configuration.Alerts.Kind.self)
        let codeSetting = section["code"]
        let code = codeSetting?.word()
        let labelsSetting = section["labels"]
        var labels: [String: String] = [:]
        for (name, _, setting) in labelsSetting?.section()?.all ?? [] { labels[name] = setting.word() }
        let severity = section.required("severity")?.choice(of: Configuration.Alerts.Severity.self)
        section.close()
        guard let severity else { return nil }
        self.init(severity: severity)
        self.kind = kind
        self.code = code
        self.labels = labels
    }
}
