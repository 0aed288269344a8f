/// Stand-ins for characters that mean something to libYAML and something else to us.
///
/// Two things cannot be had from the parser as it is: it expands aliases itself, without a bound and without keeping
/// where they stood; and it takes the braces of `{ username: ${KEY} }` for a mapping. So each `*`, and each indicator
/// inside a `${…}`, is replaced by one private character before parsing (which moves no mark) and put back afterwards.
/// An alias is then a plain scalar that begins with the stand-in for `*`: no real plain scalar can (YAML 1.2 §7.3.3).
enum YAMLMask {
    /// Plane 15, refused by `SourceText`, so that a stand-in is always ours.
    private static let base: UInt32 = 0xF0000

    static let alias = standIn(for: "*")

    static func apply(to source: inout SourceText) {
        var index = 0
        while index < source.scalars.count {
            if let end = endOfReference(at: index, in: source.scalars) {
                for place in index...end where isIndicator(source.scalars[place]) {
                    source.replace(at: place, with: standIn(for: source.scalars[place]))
                }
                index = end
            } else if source.scalars[index] == "*" {
                source.replace(at: index, with: alias)
            }
            index += 1
        }
    }

    static func remove(from text: String) -> String {
        // Every character of plane 15 begins with this byte in UTF-8.
        guard text.utf8.contains(0xF3) else { return text }
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let masked = scalar.value &- base
            view.append(masked < 0x80 ? Unicode.Scalar(UInt8(masked)) : scalar)
        }
        return String(view)
    }

    private static func standIn(for scalar: Unicode.Scalar) -> Unicode.Scalar {
        Unicode.Scalar(base + scalar.value) ?? scalar
    }

    private static func isIndicator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "{", "}", "[", "]", ",", "#", ":", "*": true
        default: false
        }
    }

    /// The place of the `}` of a `${NAME}` or `${NAME:-default}` that begins at `start` and ends on its line.
    private static func endOfReference(at start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        guard scalars[start] == "$", start + 2 < scalars.count, scalars[start + 1] == "{" else { return nil }
        var index = start + 2
        while index < scalars.count, EnvironmentReference.allows(scalars[index], first: index == start + 2) {
            index += 1
        }
        guard index > start + 2, index < scalars.count else { return nil }
        if scalars[index] == "}" { return index }
        guard scalars[index] == ":", index + 1 < scalars.count, scalars[index + 1] == "-" else { return nil }
        while index < scalars.count, scalars[index] != "\n", scalars[index] != "\r" {
            if scalars[index] == "}" { return index }
            index += 1
        }
        return nil
    }
}
