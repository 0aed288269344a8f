import Alerting
import ClusterLinks

extension AlertPolicy {
    private static let thresholds = 1...1000
    private static let longest: Duration = .seconds(365 * 86_400)
    /// More would be no reminder.
    private static let shortestReminder: Duration = .seconds(1)

    /// Takes its keys from `alerts`, where others may stand beside them.
    init(reading section: Section) {
        self.init()
        if let count = section["failure_threshold"]?.integer(in: Self.thresholds) { failureThreshold = count }
        if let count = section["resolve_threshold"]?.integer(in: Self.thresholds) { resolveThreshold = count }
        if let time = section["for"]?.duration(in: .zero...Self.longest) { holdFor = time }
        if let setting = section["reminder_interval"], let time = setting.duration(in: .zero...Self.longest) {
            if time > .zero, time < Self.shortestReminder {
                setting.refuse(
                    "must be at least \(DurationText.format(Self.shortestReminder)), or 0s for no reminders"
                )
            }
            reminderInterval = time
        }
        if let flapping = section["flapping"]?.section() {
            if let count = flapping["changes"]?.integer(in: 1...1000) { self.flapping.changes = count }
            if let time = flapping["window"]?.duration(in: .seconds(1)...Self.longest) { self.flapping.window = time }
            flapping.close()
        }
        severities = SeverityRule.rules(in: section)
    }
}
