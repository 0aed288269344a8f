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

    /// Nil where the bytes hold none of the secrets, so that they can be passed on untouched.
    func applied(to bytes: [UInt8]) -> [UInt8]? {
        guard secrets.contains(where: { !bytes.ranges(of: Array($0.utf8)).isEmpty }) else { return nil }
        return secrets.reduce(bytes) { $0.replacing(Array($1.utf8), with: Array("[redacted]".utf8)) }
    }
}

extension Redaction: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "\(secrets.count) secrets" }

    var debugDescription: String { description }

    var customMirror: Mirror { Mirror(self, children: ["count": secrets.count], displayStyle: .struct) }
}
