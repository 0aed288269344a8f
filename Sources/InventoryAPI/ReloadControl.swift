package import ClusterLinks

/// Who reads the configuration again, as far as the interface may ask it.
package protocol ReloadControl: Sendable {
    /// Reads and checks the configuration and puts it in the place of the one in force.
    /// - Throws: `ReloadRefusal`, and then nothing changed.
    func reload() async throws(ReloadRefusal) -> ReloadReport
}

/// What a reload changed.
package struct ReloadReport: Sendable, Equatable {
    package let added: [ClusterID]
    package let removed: [ClusterID]
    package let changed: [ClusterID]
    /// Settings that differ but hold from the next start only.
    package let awaitingRestart: [String]
    /// What is allowed in the file and yet worth a look.
    package let warnings: [String]

    package init(
        added: [ClusterID],
        removed: [ClusterID],
        changed: [ClusterID],
        awaitingRestart: [String],
        warnings: [String]
    ) {
        self.added = added
        self.removed = removed
        self.changed = changed
        self.awaitingRestart = awaitingRestart
        self.warnings = warnings
    }
}

/// Why the configuration in force stays.
package enum ReloadRefusal: Error, Sendable, Equatable {
    /// The service runs on a configuration that came from no file.
    case noFile
    /// Every problem of the file, one line each.
    case invalid(problems: [String])
    /// The service is on its way down.
    case stopping
}
