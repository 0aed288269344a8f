/// The secrets that went out with a request, kept to take them out of what comes back: some servers echo what they got.
struct Redaction: Sendable {
    static let nothing = Redaction([])

    private let secrets: [String]

    /// Passes over what is too short to be told from ordinary words.
    init(_ secrets: [String]) {
        self.secrets = secrets.filter { $0.unicodeScalars.count >= 4 }.sorted { $0.utf8.count > $1.utf8.count }
    }

    func applied(to text: String) -> String {
        secrets.reduce(text) { text, secret in text.replacing(secret, with: "[redacted]") }
    }
}

extension Redaction: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "\(secrets.count) secrets" }

    var debugDescription: String { description }

    var customMirror: Mirror { Mirror(self, children: ["count": secrets.count], displayStyle: .struct) }
}
