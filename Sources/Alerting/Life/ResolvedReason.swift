/// Why an alert is over: only the first reason says that anything is well.
package enum ResolvedReason: String, Sendable, Hashable, CaseIterable {
    case recovered
    /// A successful list lacks the link.
    case deleted
    /// The cluster left the configuration (truth rule 16).
    case clusterRemoved = "cluster_removed"
    /// The configuration no longer asks for what the alert complained of.
    case ruleRemoved = "rule_removed"
}
