import ClusterLinks

extension AlertSubject {
    /// The labels of the subject's alerts but for `severity`, which belongs to an occurrence.
    ///
    /// The code is none of them: with it, another code would be another alert to an Alertmanager, and the first would
    /// resolve while nothing got better. Where a configured label has a name of ours, ours stands, so that a silence
    /// for a link cannot be made to match another.
    package func labels(clusterName: String, clusterLabels: [String: String]) -> [String: String] {
        var labels = clusterLabels
        labels["alertname"] = kind.alertName
        labels["kind"] = kind.rawValue
        labels["kafka_cluster_id"] = cluster.rawValue
        labels["kafka_cluster_name"] = clusterName.isEmpty ? nil : clusterName
        labels["link_name"] = linkName?.rawValue
        return labels
    }
}

extension Alert {
    /// All labels: what silences match, and what a webhook and an Alertmanager are told.
    package func labels(clusterName: String, clusterLabels: [String: String]) -> [String: String] {
        var labels = subject.labels(clusterName: clusterName, clusterLabels: clusterLabels)
        labels["severity"] = severity.rawValue
        return labels
    }
}
