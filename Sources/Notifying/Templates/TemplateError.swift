/// Why a document is no template; each names the placeholder that is wrong.
package enum TemplateError: Error, Sendable, Hashable {
    /// `{{` without `}}` after it.
    case unclosed(String)
    /// No path of names and numbers, or a limit that is none.
    case malformed(String)
    /// The notification has no such member, but those that are known.
    case unknownName(String, known: [String])
    /// What is to be repeated is no list.
    case noList(String)
    /// `{{#alerts}}` without `{{/alerts}}`, or the other way round.
    case unpairedLoop(String)
    /// A loop within a loop.
    case nestedLoop(String)
    /// The name of a member is no text that can be made of values.
    case placeholderInName(String)

    /// So much of a text as a message can show.
    static func excerpt(_ text: some StringProtocol) -> String {
        text.count > 60 ? "\(text.prefix(60))…" : String(text)
    }
}

extension TemplateError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unclosed(let text): "the placeholder {{\(text) has no end: close it with }}"
        case .malformed(let text):
            "{{\(text)}} is no placeholder: write {{name}}, {{name.name}}, {{name:200}} or {{name|value=word|other}}"
        case .unknownName(let name, known: []): "a notification has no \(name): what comes before it is no object"
        case .unknownName(let name, let known):
            "a notification has no \(name): there are \(known.joined(separator: ", "))"
        case .noList(let name): "the loop over \(name) has nothing to repeat: loops are for {{#alerts}}…{{/alerts}}"
        case .unpairedLoop(let name):
            "the loop over \(name) lacks its other end: write {{#\(name)}}…{{/\(name)}}"
        case .nestedLoop(let name):
            "the loop over \(name) stands in another loop: one can be written after it, not in it"
        case .placeholderInName(let name): "the member name \(name) holds a placeholder: only values can"
        }
    }
}
