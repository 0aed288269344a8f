extension Configuration {
    /// When an alert fires, what it is worth and who is told.
    package struct Alerts: Sendable, Equatable {
        /// Consecutive bad observations before firing.
        package var failureThreshold = 2
        /// Consecutive good ones before resolving.
        package var resolveThreshold = 2
        /// How long it has to be bad besides.
        package var `for`: Duration = .zero
        /// From one notification of a firing alert to the next; zero for none.
        package var reminderInterval: Duration = .seconds(4 * 3600)
        package var flapping = Flapping()
        /// In the order of the file; the first that matches counts.
        package var severities: [SeverityRule] = []
        package var notify: [Receiver] = []

        package init() {}
    }
}

extension Configuration.Alerts {
    /// More than so many crossings of the thresholds within the window.
    package struct Flapping: Sendable, Equatable {
        package var changes = 5
        package var window: Duration = .seconds(3600)

        package init() {}
    }

    /// What an alert is about.
    package enum Kind: String, Sendable, CaseIterable {
        case linkError = "link_error"
        case linkState = "link_state"
        case taskError = "task_error"
        case linkMissing = "link_missing"
        case linkUnexpected = "link_unexpected"
        case clusterUnreachable = "cluster_unreachable"
    }

    /// From least to most urgent.
    package enum Severity: String, Sendable, CaseIterable, Comparable {
        case info
        case warning
        case critical

        package static func < (lhs: Self, rhs: Self) -> Bool {
            (allCases.firstIndex(of: lhs) ?? 0) < (allCases.firstIndex(of: rhs) ?? 0)
        }
    }

    private static let thresholds = 1...1000
    private static let longest: Duration = .seconds(365 * 86_400)

    init(reading section: Section?) {
        self.init()
        guard let section else { return }
        if let count = section["failure_threshold"]?.integer(in: Self.thresholds) { failureThreshold = count }
        if let count = section["resolve_threshold"]?.integer(in: Self.thresholds) { resolveThreshold = count }
        if let time = section["for"]?.duration(in: .zero...Self.longest) { `for` = time }
        if let time = section["reminder_interval"]?.duration(in: .zero...Self.longest) { reminderInterval = time }
        if let flapping = section["flapping"]?.section() {
            if let count = flapping["changes"]?.integer(in: 1...1000) { self.flapping.changes = count }
            if let time = flapping["window"]?.duration(in: .seconds(1)...Self.longest) { self.flapping.window = time }
            flapping.close()
        }
        severities = section.sections("severities").compactMap(SeverityRule.init(reading:))
        notify = section.sections("notify").compactMap(Receiver.init(reading:))
        section.close()
    }
}
