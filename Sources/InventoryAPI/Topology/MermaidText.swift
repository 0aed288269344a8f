/// Text inside the quotes of a label of Mermaid's.
enum MermaidText {
    /// Everything but letters and digits, and the marks and blanks between two of them, is written as a code that Mermaid shows
    /// as the character (https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters).
    ///
    /// So nothing in a name can end the quotes, be a tag, or begin what Markdown takes for a list or an emphasis.
    static func encoded(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            let isInside =
                index > 0 && index + 1 < scalars.count && isWord(scalars[index - 1]) && isWord(scalars[index + 1])
            if isWord(scalar) || isInside && " -_.".unicodeScalars.contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "#\(scalar.value);"
            }
        }
        return result
    }

    /// The ligature is a letter, but Mermaid writes its own codes with it while it reads.
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar != "\u{FB02}" else { return false }
        return scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
    }
}
