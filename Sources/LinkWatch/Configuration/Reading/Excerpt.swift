/// Text of the file as a finding may show it: on one line, not too long.
enum Excerpt {
    static let maximumLength = 60

    static func shortened(_ text: String) -> String {
        // Nearly every key; the rest of this function is for the others.
        if text.utf8.count <= maximumLength, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        var shown = ""
        for (count, scalar) in text.unicodeScalars.enumerated() {
            guard count < maximumLength else { return shown + "…" }
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .format: shown.append(scalar.escaped(asASCII: true))
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    static func quoted(_ text: String) -> String {
        "`\(shortened(text))`"
    }
}
