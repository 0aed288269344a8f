package import ClusterLinks

/// Why a silence or an acknowledgement is refused.
package enum SuppressionFault: Error, Hashable {
    /// A member of the body is absent or of another type; the word says which type it should have.
    case unreadable(field: String, expected: String)
    /// A silence without an end would be forgotten, and hide the next incident too.
    case noEnd
    case endsBeforeItStarts(startsAt: Instant, endsAt: Instant)
    case endsInThePast(endsAt: Instant, now: Instant)
    case noMatcher
    case tooManyMatchers(Int)
    case badLabelName(String)
    case badPattern(label: String, LabelPattern.Fault)
    /// Every matcher is content with a label that is not there, so that all alerts would be silenced, those to come too.
    case matchesEverything
    case noAuthor
    case noComment
    /// In bytes of UTF-8.
    case tooLong(field: String, bytes: Int, limit: Int)
    case alreadyResolved(alert: String)
}

extension SuppressionFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let field, let expected): "\(field) is not \(expected); send it as one"
        case .noEnd: "a silence needs an end; give ends_at"
        case .endsBeforeItStarts(let start, let end):
            "the silence ends at \(end), which is not after its start at \(start); give a later ends_at"
        case .endsInThePast(let end, let now): "the silence ended at \(end), and it is \(now); give a later ends_at"
        case .noMatcher: "a silence needs at least one matcher; give matchers"
        case .tooManyMatchers(let count):
            "the silence has \(count) matchers, \(Silence.mostMatchers) are allowed; use a regular expression"
        case .badLabelName(let name):
            "'\(name)' is no name of a label; names are letters, digits and underscores and begin with no digit"
        case .badPattern(let label, let fault): "matcher of \(label): \(fault)"
        case .matchesEverything:
            "every matcher also matches the empty text, so all alerts would be silenced; give one that does not"
        case .noAuthor: "nobody is named as the author; say who it is"
        case .noComment: "no comment is given; say why"
        case .tooLong(let field, let bytes, let limit):
            "\(field) has \(bytes) bytes, \(limit) are allowed; shorten it"
        case .alreadyResolved(let alert): "alert \(alert) is resolved already; there is nothing left to acknowledge"
        }
    }
}

extension SuppressionFault {
    /// Refuses text of people that is absent, blank or longer than a note.
    static func check(_ text: String, _ field: String, orElse absent: SuppressionFault) throws(SuppressionFault) {
        guard text.contains(where: { !$0.isWhitespace }) else { throw absent }
        try check(length: text, field)
    }

    static func check(length text: String, _ field: String) throws(SuppressionFault) {
        guard text.utf8.count <= longestText else {
            throw .tooLong(field: field, bytes: text.utf8.count, limit: longestText)
        }
    }

    private static let longestText = 4096
}
