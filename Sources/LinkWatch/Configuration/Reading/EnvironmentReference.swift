/// `${NAME}` and `${NAME:-default}` in a value: `$$` is a literal `$`, and a `$` before anything else is itself.
///
/// The default counts where the variable is unset or empty, as in a POSIX shell (POSIX.1-2024 XCU §2.6.2). It is taken
/// as it stands: a reference inside a default is refused. What is refused shows the variable's name only, since the rest
/// may be a part of a secret.
enum EnvironmentReference {
    /// - Returns: the text with every reference replaced, and whether there was one.
    static func expand(
        _ text: String,
        environment: [String: String]
    ) throws(Refusal) -> (text: String, isExpanded: Bool) {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return (text, false) }
        var result = ""
        var isExpanded = false
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            switch rest.first {
            case "$":
                result += "$"
                rest = rest.dropFirst()
            case "{":
                guard let end = rest.firstIndex(of: "}") else {
                    throw Refusal("has a ${ without }; write $$ for a literal $", quotes: false)
                }
                result += try value(of: rest[rest.index(after: rest.startIndex)..<end], in: environment)
                isExpanded = true
                rest = rest[rest.index(after: end)...]
            default:
                result += "$"
            }
        }
        return (result + rest, isExpanded)
    }

    /// Whether a variable's name may hold the character (POSIX.1-2024 XBD §8.1).
    static func allows(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "_": true
        case "0"..."9": !first
        default: false
        }
    }

    private static func value(
        of reference: Substring,
        in environment: [String: String]
    ) throws(Refusal) -> String {
        let name = reference.prefix { $0 != ":" }
        let scalars = name.unicodeScalars
        guard let first = scalars.first, allows(first, first: true), scalars.allSatisfy({ allows($0, first: false) })
        else {
            throw Refusal(
                "has a ${…} that names no variable: use letters, digits and _, or $$ for a literal $",
                quotes: false
            )
        }
        let value = environment[String(name)]
        guard name.endIndex < reference.endIndex else {
            guard let value else {
                throw Refusal(
                    "the environment variable \(name) is not set; set it, or write ${\(name):-default}",
                    quotes: false
                )
            }
            return value
        }
        let tail = reference[name.endIndex...]
        guard tail.hasPrefix(":-") else {
            throw Refusal("has a ${\(name)…} that is neither ${NAME} nor ${NAME:-default}", quotes: false)
        }
        guard !tail.contains("${") else {
            throw Refusal("the default of ${\(name)} must not refer to another variable", quotes: false)
        }
        return value.flatMap { $0.isEmpty ? nil : $0 } ?? String(tail.dropFirst(2))
    }
}
