import HTTPTypes

/// A request's head as an index into the bytes it came in.
struct RequestHead: Sendable {
    /// A field line: where its name and its value (without the blanks around it) lie.
    struct Line: Sendable, Equatable {
        var name: Slice
        var value: Slice
    }

    /// What follows the head (RFC 9112 §6.3).
    enum Framing: Sendable, Equatable {
        case none
        case length(Int)
        case chunked
    }

    var bytes: [UInt8] = []
    var lines: [Line] = []
    var method: HTTPRequest.Method = .get
    var target = RequestTarget()
    /// The digit after `HTTP/1.`; a higher one than 1 is treated as 1 (RFC 9110 §2.5).
    var minorVersion: UInt8 = 1
    var framing: Framing = .none
    /// RFC 9112 §9.3: whether the client wants the connection to last.
    var keepsAlive = true
    /// RFC 9110 §10.1.1: whether the client waits for 100 before it sends the body.
    var expectsContinue = false

    func text(_ slice: Slice) -> String {
        String(decoding: bytes[slice.range], as: UTF8.self)
    }

    /// Whether some line of a name, in lower case, has a value of which something holds.
    func hasLine(named name: StaticString, where isMeant: (Span<UInt8>, Range<Int>) -> Bool) -> Bool {
        let span = bytes.span
        for line in lines where span.matches(line.name.range, name) {
            if isMeant(span, line.value.range) { return true }
        }
        return false
    }

    func hasLine(named name: StaticString) -> Bool { hasLine(named: name) { _, _ in true } }

    /// The values of all lines of a name joined with a comma, which is their meaning (RFC 9110 §5.2).
    func value(of name: HTTPField.Name) -> String? {
        var joined: String?
        let span = bytes.span
        for line in lines where span.matches(line.name.range, ignoringCaseOf: name.canonicalName) {
            let value = text(line.value)
            joined = joined.map { $0 + ", " + value } ?? value
        }
        return joined
    }
}
