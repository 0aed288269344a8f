package import ClusterLinks

/// Something in an inventory's file that breaks a rule.
package struct Finding: Sendable, Hashable {
    /// Which rule is broken.
    package enum Kind: String, Sendable, CaseIterable {
        /// SQLite's own check of the file's structure.
        case integrity
        /// A row that refers to one that is not there.
        case reference
        /// The file was written by a later linkwatch, whose rules are not known here.
        case newerSchema = "newer_schema"
        /// A document that its digest or health does not fit, that is not in canonical form, or that is stored twice.
        case document
        /// A link whose own row contradicts its versions.
        case link
        /// Versions that do not follow each other as they must.
        case version
        /// A version without its change, or a change without its version, or the two contradict each other.
        case change
        /// Numbers that the feed lacks.
        case feed
        /// What is known of the changes of an hour.
        case changeHour = "change_hour"
        /// Episodes that are not those that the versions show.
        case episode
        /// A message outside of any episode.
        case message
        /// Snapshots of a cluster that overlap or contradict themselves.
        case snapshot
        /// Runs of polls that overlap or contradict themselves.
        case pollRun = "poll_run"
        /// Alerts, incidents or notifications that contradict themselves or each other.
        case alert
        /// Times in the configuration that overlap or that no change tells of.
        case configuration
    }

    package let kind: Kind
    /// One sentence: what is wrong, of what, when.
    package let message: String
    /// The cluster that it is about.
    package let clusterID: String?
    package let linkName: String?
    package let clusterLinkID: String?
    package let at: Instant?
    /// The change that it is about.
    package let sequence: Int64?
}
