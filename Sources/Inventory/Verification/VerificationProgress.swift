/// How far a verification has come.
package enum VerificationProgress: Sendable, Hashable {
    /// SQLite's own check, which does not tell how far it is.
    case structure
    case documents
    case feed
    /// Links whose rows were looked at, of as many as there are.
    case links(Int, of: Int)
}
