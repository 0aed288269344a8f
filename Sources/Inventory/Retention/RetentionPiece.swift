/// What a piece of retention's work did.
struct RetentionPiece: Sendable {
    /// Rows or pages that were taken in hand.
    var taken = 0
    /// Of them, those that went.
    var gone = 0
    /// How long the writer was held.
    var held = Duration.zero
    private let start = ContinuousClock.now

    /// Whether the piece has lasted as long as it was to, its commit apart.
    var isOverdue: Bool { .now - start >= PieceSize.aim }

    /// Notes that the writer is free again.
    mutating func end() { held = .now - start }
}
