import Alerting
import Testing

@testable import LinkWatch

/// When alerts fire and what they are worth.
struct ConfigurationAlertTests {
    @Test func `every key of the policy is taken`() throws {
        let yaml = """
            alerts:
              failure_threshold: 3
              resolve_threshold: 4
              for: 5m
              reminder_interval: 6h
              flapping: { changes: 7, window: 8h }
              severities:
                - { kind: task_error, code: X, labels: { env: dev, link_name: l }, severity: info }
                - { severity: warning }
            """
        let expected = AlertPolicy(
            failureThreshold: 3,
            resolveThreshold: 4,
            holdFor: .seconds(300),
            reminderInterval: .seconds(6 * 3600),
            flapping: AlertPolicy.Flapping(changes: 7, window: .seconds(8 * 3600)),
            severities: [
                SeverityRule(kind: .taskError, code: "X", labels: ["env": "dev", "link_name": "l"], severity: .info),
                SeverityRule(severity: .warning),
            ]
        )
        #expect(try configuration(yaml).alerts.policy == expected)
        #expect(try configuration("alerts: { reminder_interval: 0s }").alerts.policy.reminderInterval == .zero)
    }

    @Test(arguments: [
        (
            "failure_threshold: 0",
            "c.yaml:1:30: alerts.failure_threshold: must be between 1 and 1000, got `0`"
        ),
        ("resolve_threshold: two", "c.yaml:1:30: alerts.resolve_threshold: expected a whole number, got `two`"),
        (
            "for: 5",
            "c.yaml:1:16: alerts.for: expected a duration such as 500ms, 30s or 1h30m, got `5`; did you mean 5s?"
        ),
        (
            "reminder_interval: 5ms",
            "c.yaml:1:30: alerts.reminder_interval: must be at least 1s, or 0s for no reminders"
        ),
        (
            "flapping: { changes: 0, windw: 1h }",
            "c.yaml:1:32: alerts.flapping.changes: must be between 1 and 1000, got `0`\n"
                + "c.yaml:1:35: alerts.flapping.windw: unknown key; did you mean window?"
        ),
        ("failure_treshold: 3", "c.yaml:1:11: alerts.failure_treshold: unknown key; did you mean failure_threshold?"),
        (
            "severities: [ { kind: link_eror, severity: warning } ]",
            "c.yaml:1:33: alerts.severities[0].kind: expected link_error, link_state, task_error, link_missing, "
                + "link_unexpected or cluster_unreachable, got `link_eror`; did you mean link_error?"
        ),
        ("severities: [ {} ]", "c.yaml:1:25: alerts.severities[0].severity: is required"),
        (
            "severities: [ { labels: { a-b: x, link_name: y }, severity: info } ]",
            "c.yaml:1:37: alerts.severities[0].labels.a-b: is no label name: use letters, digits and _, beginning with "
                + "no digit"
        ),
        (
            "severities: [ { labels: { severity: info }, severity: info } ]",
            "c.yaml:1:37: alerts.severities[0].labels.severity: is what the rule decides, so that nothing can be matched "
                + "by it"
        ),
        (
            "severities: [ { severity: loud } ]",
            "c.yaml:1:37: alerts.severities[0].severity: expected info, warning or critical, got `loud`"
        ),
    ])
    func `a wrong policy is refused`(keys: String, expected: String) {
        #expect(problems(in: "alerts: { \(keys) }").joined(separator: "\n") == expected)
    }

    /// A first and a second rule, and whether the second can never count.
    @Test(arguments: [
        ("{ severity: info }", "{ kind: link_error, severity: info }", true),
        ("{ kind: link_error, severity: info }", "{ kind: link_error, code: X, severity: info }", true),
        (
            "{ labels: { a: x }, severity: info }", "{ kind: link_error, labels: { b: y, a: x }, severity: info }", true
        ),
        ("{ kind: link_error, severity: info }", "{ kind: link_error, severity: critical }", true),
        ("{ kind: link_error, code: X, severity: info }", "{ kind: link_error, severity: info }", false),
        ("{ kind: link_error, severity: info }", "{ kind: task_error, severity: info }", false),
        ("{ labels: { a: x }, severity: info }", "{ labels: { a: y }, severity: info }", false),
        ("{ code: X, severity: info }", "{ severity: info }", false),
    ])
    func `a rule that can never count is warned of`(first: String, second: String, isCovered: Bool) throws {
        let configuration = try configuration("alerts:\n  severities:\n    - \(first)\n    - \(second)")
        let warning =
            "c.yaml:4:7: alerts.severities[1]: has no effect: alerts.severities[0] matches all that it does; put the "
            + "narrower rule first"
        #expect(configuration.warnings.dropFirst().map(\.description) == (isCovered ? [warning] : []))
        #expect(configuration.alerts.policy.severities.count == 2)
    }
}
