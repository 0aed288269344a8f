/// How far a backup has come.
package enum BackupProgress: Sendable, Hashable {
    /// Bytes that are copied, of as many as there are.
    case copying(Int64, of: Int64)
    /// The copy is read by SQLite's check.
    case checking
    /// The copy is being written through to the disk.
    case flushing
}

/// A backup that is there.
package struct FinishedBackup: Sendable, Hashable {
    /// Without symbolic links.
    package let path: String
    package let bytes: Int64
    /// Whether an older backup was replaced.
    package let isReplacement: Bool
}
