import ClusterLinks

extension DurationText {
    /// Reads the value of a key; a bare number is met with the unit that is probably meant.
    static func read(_ text: String) throws(Refusal) -> Duration {
        do {
            return try parse(text)
        } catch {
            switch error {
            case .tooLong: throw Refusal("is too long a duration")
            case .unreadable:
                let isNumber = !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
                throw Refusal(
                    "expected a duration such as 500ms, 30s or 1h30m",
                    suggestion: isNumber ? "\(text)s" : nil
                )
            }
        }
    }
}
