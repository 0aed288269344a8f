/// What is done to values in a text that its receiver reads as markup.
package enum TextEscaping: String, Sendable, Hashable, CaseIterable {
    case none
    /// `&`, `<` and `>` (https://docs.slack.dev/messaging/formatting-message-text): a message of a server's that holds `<!channel>`
    /// would else wake everyone.
    case slack

    func applied(to text: String) -> String {
        switch self {
        case .none: text
        case .slack: text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        }
    }
}
