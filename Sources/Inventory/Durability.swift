/// Whether what is served is also stored, and what waits where it is not.
package struct Durability: Sendable, Hashable {
    package var isDurable: Bool { lastError == nil }
    /// Why the last commit failed; nil when it did not.
    package internal(set) var lastError: String?
    /// Writes that wait for the database.
    package internal(set) var waiting = 0
    /// What will never be written, as too much waited: changes that were folded into later ones with the episodes and
    /// snapshots between, and runs of polls.
    package internal(set) var lost = 0
    /// Commits that failed since the service started.
    package internal(set) var errors = 0
}
