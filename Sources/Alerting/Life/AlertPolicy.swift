/// How often and how long something has to be bad or good before anyone is told: `alerts:` of the configuration.
package struct AlertPolicy: Sendable, Hashable {
    /// More than `changes` crossings of the thresholds within `window` are flapping.
    package struct Flapping: Sendable, Hashable {
        package var changes: Int
        package var window: Duration

        package init(changes: Int = 5, window: Duration = .seconds(3600)) {
            self.changes = changes
            self.window = window
        }
    }

    /// Consecutive bad observations before an alert fires; below 1 counts as 1.
    package var failureThreshold: Int
    /// Consecutive good observations before it resolves; below 1 counts as 1.
    package var resolveThreshold: Int
    /// How long it has to be bad before it fires (`for`), counted from the first bad observation to the latest one.
    package var holdFor: Duration
    package var reminderInterval: Duration
    package var flapping: Flapping
    /// The first that matches decides.
    package var severities: [SeverityRule]

    package init(
        failureThreshold: Int = 2,
        resolveThreshold: Int = 2,
        holdFor: Duration = .zero,
        reminderInterval: Duration = .seconds(4 * 3600),
        flapping: Flapping = Flapping(),
        severities: [SeverityRule] = []
    ) {
        self.failureThreshold = failureThreshold
        self.resolveThreshold = resolveThreshold
        self.holdFor = holdFor
        self.reminderInterval = reminderInterval
        self.flapping = flapping
        self.severities = severities
    }
}
