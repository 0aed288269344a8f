/// Where an alert is in its life; it only ever moves to the right.
package enum AlertState: String, Sendable, Hashable, CaseIterable {
    /// Bad, but not yet often or long enough for anyone to be told.
    case pending
    case firing
    case resolved
}
