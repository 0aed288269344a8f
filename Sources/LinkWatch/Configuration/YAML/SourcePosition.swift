/// A place in a text: line and column from 1, columns in Unicode scalars, as libYAML counts them.
struct SourcePosition: Sendable, Hashable, Comparable {
    var line: Int
    var column: Int

    /// Where findings about the file as a whole are reported.
    static let start = SourcePosition(line: 1, column: 1)

    static func < (lhs: Self, rhs: Self) -> Bool {
        (lhs.line, lhs.column) < (rhs.line, rhs.column)
    }
}
