/// Whether what is served is also stored, and what waits where it is not.
package struct Durability: Sendable, Hashable {
    package var isDurable: Bool { lastError == nil }
    /// Why the last commit failed; nil when it did not.
    package internal(set) var lastError: String?
    /// Writes that wait for the database.
    package internal(set) var waiting = 0
    /// Changes that will never be written, as too many waited.
    package internal(set) var lost = 0
    /// Commits that failed since the service started.
    package internal(set) var errors = 0
}
