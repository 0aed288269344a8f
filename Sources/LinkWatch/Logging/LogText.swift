/// Values as they stand in a line of the log: whatever an upstream says, it stays one line and commands no terminal.
enum LogText {
    /// As it is, or in quotes where it has a blank, a quote, an equals sign, a backslash or something that is not shown; a value
    /// without anything in quotes too.
    static func logfmt(_ value: String) -> String {
        let isPlain = value.unicodeScalars.allSatisfy { scalar in
            scalar.value > 0x20 && scalar != "\"" && scalar != "=" && scalar != "\\" && !isHidden(scalar)
        }
        return isPlain && !value.isEmpty ? value : quoted(value)
    }

    /// A JSON string (RFC 8259 §7), in which also what is not shown is escaped though JSON does not demand it.
    static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where isHidden(scalar):
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    /// Control characters of both sets, ends of lines and paragraphs, and what turns the direction of text or has no look.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
