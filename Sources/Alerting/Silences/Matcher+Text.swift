extension Matcher {
    /// Reads a matcher as Alertmanager's tools write one: `severity="critical"`, `link_name=~orders.*`
    /// (https://prometheus.io/docs/alerting/latest/configuration/#matcher).
    ///
    /// The value may stand in quotes; in either form `\"`, `\\` and `\n` are escapes, and a backslash before anything else
    /// is itself.
    package init(parsing text: String) throws(SuppressionFault) {
        let fault = SuppressionFault.unreadable(
            field: "'\(text.prefix(80))'",
            expected: #"a matcher such as severity="critical" or link_name=~"orders.*""#
        )
        let trimmed = text.trimmingWhitespace
        let name = trimmed.prefix { !$0.isWhitespace && $0 != "=" && $0 != "!" }
        let rest = trimmed.dropFirst(name.count).drop(while: \.isWhitespace)
        guard let (sign, isRegex, isEqual) = Self.signs.first(where: { rest.hasPrefix($0.sign) }),
            let value = Self.value(rest.dropFirst(sign.count).trimmingWhitespace)
        else { throw fault }
        try self.init(name: String(name), value: value, isRegex: isRegex, isEqual: isEqual)
    }

    /// The longer ones first, as `=` begins another.
    private static let signs: [(sign: String, isRegex: Bool, isEqual: Bool)] = [
        ("=~", true, true), ("!~", true, false), ("!=", false, false), ("=", false, true),
    ]

    /// Nil where a quote has no other, or stands within.
    private static func value(_ written: Substring) -> String? {
        var rest = written.unicodeScalars
        let isQuoted = rest.first == "\""
        if isQuoted { rest.removeFirst() }
        var value = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"": return isQuoted && rest.isEmpty ? String(value) : nil
            case "\\":
                switch rest.first {
                case "n"?: value.append("\n")
                case "\""?: value.append("\"")
                case "\\"?: value.append("\\")
                default:
                    value.append("\\")
                    continue
                }
                rest.removeFirst()
            default: value.append(scalar)
            }
        }
        return isQuoted ? nil : String(value)
    }
}

extension StringProtocol where SubSequence == Substring {
    fileprivate var trimmingWhitespace: Substring {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
        return start[...end]
    }
}
