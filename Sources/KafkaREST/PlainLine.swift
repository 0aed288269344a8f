/// A text from outside as one short line that is safe to log, to store and to show on a terminal.
///
/// White space and control characters become single spaces; format characters, with which a text can turn itself round
/// or hide (Unicode category Cf), go.
struct PlainLine: Sendable, Hashable {
    /// The most Unicode scalars a line has; characters would be no bound, as one can be built of any number of scalars.
    static let limit = 500
    /// What is looked at of a text; what lies behind could only be shown if this much were white space.
    private static let reach = 65_536

    let text: String

    /// - Parameter secrets: taken out before the text is cut, so that no piece of one is left at its end.
    init(_ raw: String, hiding secrets: Redaction = .nothing) {
        var line = String.UnicodeScalarView()
        var count = 0
        var gap = false
        for scalar in secrets.applied(to: String(raw.unicodeScalars.prefix(Self.reach))).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .format: continue
            case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                gap = true
                continue
            default: break
            }
            let width = gap && count > 0 ? 2 : 1
            guard count + width < Self.limit else {
                line.append("…")
                break
            }
            if width == 2 { line.append(" ") }
            line.append(scalar)
            count += width
            gap = false
        }
        text = String(line)
    }
}
