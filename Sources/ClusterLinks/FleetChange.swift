/// Which clusters left and entered the configuration (truth rule 16).
package struct FleetChange: Sendable, Hashable {
    /// Configured until now: ignorance, not deletion.
    package let retired: [ClusterID]
    /// Known from before and configured again.
    package let restored: [ClusterID]
    /// Never configured before.
    package let added: [ClusterID]

    /// - Parameters:
    ///   - known: every cluster ever configured, and whether it was until now.
    ///   - configured: the clusters of the new configuration.
    package init(known: [ClusterID: Bool], configured: Set<ClusterID>) {
        retired = known.filter { $0.value && !configured.contains($0.key) }.keys.sorted()
        restored = configured.filter { known[$0] == false }.sorted()
        added = configured.filter { known[$0] == nil }.sorted()
    }
}
