package import ExactJSON

/// Names with texts, as Alertmanager has them of alerts: labels, by which an alert is found, or annotations, which tell of it.
///
/// An empty text is the same as none (https://prometheus.io/docs/concepts/data_model/), and is left out.
package struct LabelSet: Sendable, Hashable {
    package let values: [String: String]

    package init(_ values: [String: String] = [:]) { self.values = values.filter { !$0.value.isEmpty } }

    package subscript(_ name: String) -> String? { values[name] }

    /// In the order of the names' bytes.
    package var json: JSONObject {
        JSONObject(values.sorted { $0.key.precedesInBytes($1.key) }.map { ($0.key, .string($0.value)) })
    }
}
