/// From where a server lets itself be reached, judged at its start by the addresses it came to listen on.
///
/// What a name means, or which sockets are handed over, is not known before.
package enum Reach: Sendable, Equatable {
    /// From everywhere.
    case everyone
    /// From this machine only; where another could connect, the start fails with the remedy.
    case thisMachine(remedy: String)
}
