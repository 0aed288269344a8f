extension String {
    /// The text with a space for each character that would break a line or command a terminal: it may be what an upstream says.
    ///
    /// Format characters are among them: those that turn the direction of writing let a line say other than it does
    /// (Unicode Technical Report #36, "Bidirectional Text Spoofing").
    package var plain: String {
        guard utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return self }
        return String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: " "
                    default: scalar
                    }
                }
            )
        )
    }

    /// JSON with an escape for each of these characters where it stands in a string: the same JSON, fit for a terminal (RFC 8259 §7).
    package var withEscapedControls: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar != "\n", .format, .lineSeparator, .paragraphSeparator:
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
