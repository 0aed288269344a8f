/// The names that a cluster's own labels may have.
enum LabelName {
    /// Labels that linkwatch's own metrics and alerts carry, so that no label of a cluster hides one.
    static let reserved: Set<String> = [
        "alertname", "cluster_link_id", "code", "direction", "kafka_cluster_id", "kafka_cluster_name", "kind",
        "link_name", "reason", "remote_cluster_id", "severity", "state", "task",
    ]

    /// Prometheus' rule and ours.
    static func check(_ name: String) throws(Refusal) {
        try checkSpelling(name)
        guard !reserved.contains(name) else {
            throw Refusal("is reserved: linkwatch's own metrics and alerts have a label of that name", quotes: false)
        }
    }

    /// Prometheus' rule (https://prometheus.io/docs/concepts/data_model), whose names beginning with `__` are its own.
    static func checkSpelling(_ name: String) throws(Refusal) {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first),
            name.unicodeScalars.allSatisfy({ EnvironmentReference.allows($0, first: false) })
        else {
            throw Refusal("is no label name: use letters, digits and _, beginning with no digit", quotes: false)
        }
        guard !name.hasPrefix("__") else {
            throw Refusal("is reserved: names with __ are Prometheus' own", quotes: false)
        }
    }
}
