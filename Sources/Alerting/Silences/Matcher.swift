import ExactJSON

/// One condition on one label, with the meaning that Alertmanager gives it
/// (https://prometheus.io/docs/alerting/latest/configuration/#matcher).
///
/// A label that is absent is one with the empty text; a regular expression tells of the whole value.
package struct Matcher: Sendable, Hashable {
    package let name: String
    package let value: String
    package let isRegex: Bool
    /// False where the label must not be as the value says.
    package let isEqual: Bool
    private let pattern: LabelPattern?

    package init(name: String, value: String, isRegex: Bool, isEqual: Bool = true) throws(SuppressionFault) {
        guard Self.isLabelName(name) else { throw .badLabelName(String(name.prefix(80))) }
        try SuppressionFault.check(length: value, "value")
        self.name = name
        self.value = value
        self.isRegex = isRegex
        self.isEqual = isEqual
        do throws(LabelPattern.Fault) {
            pattern = try isRegex ? LabelPattern(value) : nil
        } catch {
            throw .badPattern(label: name, error)
        }
    }

    package func matches(_ labels: LabelSet) -> Bool { holds(labels[name] ?? "") == isEqual }

    /// Whether an absent label satisfies it, as Alertmanager counts it when it refuses silences of which all do.
    ///
    /// Conditions of what must not be are never counted, although an absent label satisfies most of them: `env!="prod"`
    /// alone is a silence there, and so it is here.
    var isContentWithNothing: Bool { isEqual && holds("") }

    private func holds(_ text: String) -> Bool { pattern?.matches(text) ?? text.hasBytes(of: value) }

    /// Prometheus's rule (https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels), with a bound.
    private static func isLabelName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, !ScalarSet.digit.contains(first) else { return false }
        return name.unicodeScalars.count <= 256 && name.unicodeScalars.allSatisfy(ScalarSet.word.contains)
    }
}
