import ClusterLinks

/// Which observations without news can move an alert: the others need not be replayed.
extension ClusterAlerts {
    var awaitsSuccess: Bool {
        looksAtAll || !running.isEmpty || openAlerts[AlertKey(.clusterUnreachable)] != nil
    }

    /// One more failure like the last; an alert that fires already only counts it.
    var awaitsFailure: Bool { openAlerts[AlertKey(.clusterUnreachable)]?.isRunning ?? true }

    /// One more reading of a link's tasks that says the same.
    func awaitsReading(of link: LinkIdentity) -> Bool { openAlerts[AlertKey(.taskError, link)]?.isRunning ?? false }
}
