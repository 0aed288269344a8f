import Locking

/// Which linkwatch this is.
package enum Version {
    package static let text = "0.1.0"

    /// The commit it was built from, with `-dirty` where the sources differed from it; nil where nobody knew.
    ///
    /// The executable says it before anything else, since it alone is compiled anew with each commit.
    package static var revision: String? {
        get { told.withLock(\.self) }
        set { told.withLock { $0 = newValue } }
    }

    /// What `--version` says: `0.1.0 (b8f26b1…)`.
    static var full: String { revision.map { "\(text) (\($0))" } ?? text }

    private static let told = Locked<String?>(nil)
}
