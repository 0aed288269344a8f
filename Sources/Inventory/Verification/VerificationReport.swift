package import ClusterLinks

/// What an inventory's file holds, and which rules it breaks.
package struct VerificationReport: Sendable {
    /// How many rows there are of what.
    package struct Counts: Sendable, Hashable {
        package internal(set) var clusters = 0
        package internal(set) var links = 0
        package internal(set) var versions = 0
        package internal(set) var changes = 0
        package internal(set) var episodes = 0
        /// Episodes that ended within a version: no fault, as changes are let go where a failing database leaves no room.
        package internal(set) var brokenOffEpisodes = 0
        package internal(set) var messages = 0
        package internal(set) var snapshots = 0
        package internal(set) var pollRuns = 0
        package internal(set) var documents = 0
        /// Documents that no row refers to: no fault, as retention takes them away later.
        package internal(set) var unreferredDocuments = 0
    }

    /// The steps that made the schema, oldest first.
    package internal(set) var schema: [String] = []
    /// The steps that a service would add when it starts on the file.
    package internal(set) var pendingMigrations: [String] = []
    /// Whether the rows were looked at, and not only the file's structure: those of this version's schema are.
    package internal(set) var areRowsVerified = false
    package internal(set) var counts = Counts()
    /// The first and the last number of the feed; nil where it is empty.
    package internal(set) var sequences: ClosedRange<Int64>?
    /// From when on everything is kept; nil where nothing was ever deleted.
    package internal(set) var keptFrom: Instant?
    /// The first of each kind.
    package internal(set) var findings: [Finding] = []
    /// How many there are of each kind.
    package internal(set) var findingCounts: [Finding.Kind: Int] = [:]

    package var isSound: Bool { findingCounts.isEmpty }
}
