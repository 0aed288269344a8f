/// What a colour says: never more than the words beside it, as not everyone sees one.
package enum Tint: Sendable {
    case good, doubtful, bad, quiet, heading
}

/// Whether and how text is coloured.
package struct Paint: Sendable, Equatable {
    package let isOn: Bool

    package init(isOn: Bool) { self.isOn = isOn }

    /// The text between the escape sequences of a colour (ECMA-48, SGR), which take no columns.
    func callAsFunction(_ text: String, _ tint: Tint?) -> String {
        guard isOn, let tint, !text.isEmpty else { return text }
        return "\u{1B}[\(Self.code(of: tint))m\(text)\u{1B}[0m"
    }

    private static func code(of tint: Tint) -> String {
        switch tint {
        case .good: "32"
        case .doubtful: "33"
        case .bad: "31"
        case .quiet: "2"
        case .heading: "1"
        }
    }
}

/// When colours are wanted.
package enum PaintChoice: String, CaseIterable, Sendable {
    case auto, always, never

    /// - Parameters:
    ///   - isTerminal: whether what is written goes to a terminal.
    ///   - environment: `NO_COLOR` with any value but none turns colours off (https://no-color.org), and so does a terminal
    ///     that says it is `dumb`.
    package func paint(isTerminal: Bool, environment: [String: String]) -> Paint {
        switch self {
        case .always: Paint(isOn: true)
        case .never: Paint(isOn: false)
        case .auto:
            Paint(isOn: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb")
        }
    }
}
