package import Alerting
package import ClusterLinks

/// What a proposed configuration of alerts would have told people, beside what they were told.
package struct BacktestReport: Sendable {
    /// What was replayed and counted; later than was asked where the past is not kept.
    package let window: Span
    /// From when on everything is kept; nil where nothing was ever let go.
    package let keptFrom: Instant?
    /// When the replay began, so that what had begun before the window is known.
    package let replayedFrom: Instant
    /// The first poll and the last that the file tells of, of the clusters that were replayed; nil where there was none.
    package let polled: (first: Instant, last: Instant)?
    /// The first notifications, as many as were asked for.
    package let notifications: [BacktestNotification]
    package let proposed: BacktestFigures
    /// What was told; nil where the file was written before alerts were kept.
    package let past: BacktestFigures?
    /// In the configuration, and not in the file.
    package let unknownClusters: [ClusterID]
    /// In the file, and not in the configuration: neither replayed nor counted.
    package let leftOutClusters: [ClusterID]
}
