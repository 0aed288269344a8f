import Yams

/// What a parser's error says, as one sentence with its place.
enum YAMLSyntax {
    static func refusal(for error: any Error, in source: SourceText) -> SourceText.Refusal {
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _):
            let position = source.clamped(SourcePosition(line: mark.line, column: mark.column))
            let within = context.map { " (\($0.text) that begins in line \($0.mark.line))" } ?? ""
            return SourceText.Refusal(
                position: position,
                sentence: "is not valid YAML: \(problem)\(within)\(remedy(at: position, in: source))"
            )
        case YamlError.composer(_, _, let mark, _):
            // With aliases masked, Yams' own composing refuses one thing only.
            return SourceText.Refusal(
                position: SourcePosition(line: mark.line, column: mark.column),
                sentence: "another document begins here; a configuration is one document"
            )
        default:
            return SourceText.Refusal(position: .start, sentence: "cannot be parsed as YAML: \(reason(of: error))")
        }
    }

    /// What usually is behind a character that the scanner cannot take.
    private static func remedy(at position: SourcePosition, in source: SourceText) -> String {
        guard let index = source.index(at: position) else { return "" }
        switch source.scalars[index] {
        case "\t": return "; indent with spaces, not with a tab"
        case "@", "`", "%": return "; put the value in quotes"
        case ":": return "; put a value with a colon in quotes"
        default: return ""
        }
    }

    private static func reason(of error: any Error) -> String {
        switch error {
        case YamlError.memory: "out of memory"
        case YamlError.reader(let problem, _, _, _): problem
        default: "unexpected \(type(of: error))"
        }
    }
}
