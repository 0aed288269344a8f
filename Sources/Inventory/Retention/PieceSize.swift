/// How much the next piece takes in hand, from how long the pieces before it held the writer.
struct PieceSize {
    /// How long a piece is to hold the writer: a fifth of what it may.
    static let aim = Duration.milliseconds(10)
    static let bounds = 16...4096

    private(set) var count = 64

    /// Takes in that so many rows or pages held the writer for so long; grows to the double at most, and shrinks to the
    /// quarter, as the next rows may lie elsewhere.
    mutating func learn(_ done: Int, held: Duration) {
        guard done > 0, held > .zero else { return }
        let fitting = Double(done) * (Self.aim / held)
        let next = min(max(fitting, Double(count) / 4), Double(count) * 2)
        count = min(max(Int(next), Self.bounds.lowerBound), Self.bounds.upperBound)
    }
}
