package import ClusterLinks

/// What a pass of retention did.
package struct RetentionReport: Sendable, Hashable {
    /// Rows that were deleted.
    package internal(set) var rows = 0
    /// Bytes by which the file became shorter, once its log is written into it.
    package internal(set) var bytesGivenBack: Int64 = 0
    package internal(set) var pieces = 0
    /// The most rows or pages that one piece took in hand.
    package internal(set) var largestPiece = 0
    /// How long the inventory's writer was held at most.
    package internal(set) var longestHold = Duration.zero
    /// From when on everything is kept, where the pass moved that.
    package internal(set) var keptFrom: Instant?
    /// Bytes in use at the end.
    package internal(set) var usedBytes: Int64 = 0
    /// Whether more is in use than the policy allows, and nothing is old enough to go.
    package internal(set) var exceedsSize = false
    /// Whether there are free pages that cannot be given back.
    package internal(set) var cannotShrink = false

    mutating func add(_ piece: RetentionPiece) {
        pieces += 1
        largestPiece = max(largestPiece, piece.taken)
        longestHold = max(longestHold, piece.held)
    }
}
