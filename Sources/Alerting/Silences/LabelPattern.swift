import ExactJSON

/// A regular expression over a whole label value, as Alertmanager's matchers have them, that takes no longer than the
/// text times the pattern.
///
/// The syntax is RE2's (https://github.com/google/re2/wiki/Syntax), which has no look-around and no reference back, so
/// that states can be followed side by side and nothing is tried again. A backtracking engine would let one silence of
/// ten characters hold up every notification. Left out of RE2's syntax, and refused, are `\pN`, `\C` and `\Q…\E`.
package struct LabelPattern: Sendable, Hashable {
    /// Why a text is no pattern.
    package enum Fault: Error, Hashable, CustomStringConvertible {
        case tooLong(scalars: Int)
        /// Repetitions of repetitions, which come to more states than are followed.
        case tooManyStates
        /// What is wrong, and after how many scalars.
        case unreadable(String, at: Int)

        package var description: String {
            switch self {
            case .tooLong(let scalars):
                "the expression has \(scalars) characters, \(LabelPattern.longest) are allowed; use several matchers"
            case .tooManyStates: "the expression repeats too much; write smaller counts"
            case .unreadable(let what, let place): "\(what) at character \(place + 1); RE2's syntax is understood"
            }
        }
    }

    package static let longest = 1024

    /// As it was written.
    package let source: String
    private let program: PatternProgram

    package init(_ source: String) throws(Fault) {
        let length = source.unicodeScalars.count
        guard length <= Self.longest else { throw .tooLong(scalars: length) }
        self.source = source
        var parser = PatternParser(source)
        program = try PatternProgram(parser.parse())
    }

    /// Whether the text as a whole is one that the pattern tells of: it is anchored at both ends.
    package func matches(_ text: String) -> Bool { program.accepts(Array(text.unicodeScalars)) }

    package static func == (left: LabelPattern, right: LabelPattern) -> Bool { left.source.hasBytes(of: right.source) }

    package func hash(into hasher: inout Hasher) { hasher.combine(source) }
}
