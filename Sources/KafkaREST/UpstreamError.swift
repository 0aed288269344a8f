import ExactJSON

/// What the body of an error says, be it JSON, a page of HTML, plain text or nothing.
struct UpstreamError: Sendable, Hashable {
    /// A body above this is no error of Confluent's; it is not parsed, only its beginning is shown.
    private static let largestJSON = 1 << 20
    /// How much of a plain text is looked at.
    private static let reach = 65_536

    let code: Int?
    /// As it was sent, of any length; nil where nothing can be read.
    let message: String?

    init(body: [UInt8]) {
        if let error = Self.json(body) {
            code = error.code
            message = error.message ?? Self.text(body)
        } else {
            code = nil
            message = ErrorPage(body)?.gist ?? Self.text(body)
        }
    }

    private static func json(_ body: [UInt8]) -> ErrorBody? {
        guard body.count <= largestJSON else { return nil }
        // A body that is no JSON is expected here and read as text.
        guard let value = try? JSONValue(parsing: body) else { return nil }
        return ErrorBody(value)
    }

    /// Nil for nothing and for a gzip body (RFC 1952 §2.3.1): what is no text is not shown as one.
    private static func text(_ body: [UInt8]) -> String? {
        guard !body.isGzip else { return nil }
        let text = String(decoding: body.prefix(reach), as: UTF8.self)
        return PlainLine(text).text.isEmpty ? nil : text
    }
}

extension [UInt8] {
    /// Whether they begin as a gzip member does (RFC 1952 §2.3.1), which no JSON text can.
    var isGzip: Bool { starts(with: [0x1F, 0x8B]) }
}
