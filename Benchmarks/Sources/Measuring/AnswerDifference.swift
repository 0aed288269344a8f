/// In what two servers answer the same question differently: a ratio means something only where this is little.
package struct AnswerDifference: Sendable, Equatable {
    /// The names of fields that only one of them sends, or that have different values; `Date` is left out.
    package let fields: [String]
    package let status: Bool
    /// Bytes in which the bodies' lengths differ, or nil where the bodies are the same.
    package let bodyLength: Int?

    package init(between one: Answer, and other: Answer) {
        status = one.status != other.status
        bodyLength = one.body == other.body ? nil : abs(one.body.count - other.body.count)
        let mine = Self.values(of: one)
        let theirs = Self.values(of: other)
        fields = Set(mine.keys).union(theirs.keys).filter { $0 != "date" && mine[$0] != theirs[$0] }.sorted()
    }

    private static func values(of answer: Answer) -> [String: [String]] {
        Dictionary(grouping: answer.fields) { $0.name.lowercased() }.mapValues { $0.map(\.value).sorted() }
    }
}
