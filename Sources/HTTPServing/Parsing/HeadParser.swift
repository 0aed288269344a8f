import HTTPTypes

/// Reads a request line and field lines from a growing buffer (RFC 9112 §2 to §5).
///
/// It is given the same buffer again with more bytes at its end and goes on where it stopped, so a head that comes byte by
/// byte costs no more than one that comes at once. A line is judged when its end is there, never earlier, but for its length.
struct HeadParser: Sendable {
    private enum Expecting { case requestLine, fields }

    private let limits: HTTPLimits
    private var expecting = Expecting.requestLine
    private var lineStart = 0
    private var searched = 0
    private var fieldsStart = 0
    private var skippedEmptyLine = false
    private(set) var head = RequestHead()
    private var fields = FramingFields()

    init(limits: HTTPLimits) {
        self.limits = limits
    }

    /// Whether a byte of a request was seen (an ignored empty line is none).
    var hasBegun: Bool { searched > lineStart || expecting == .fields }

    /// Hands out the whole head and begins anew.
    mutating func takeHead() -> RequestHead {
        var taken = RequestHead()
        swap(&taken, &head)
        expecting = .requestLine
        lineStart = 0
        searched = 0
        fieldsStart = 0
        skippedEmptyLine = false
        fields = FramingFields()
        return taken
    }

    /// Goes on with the bytes from the head's first on; returns the index after the head once it is whole.
    mutating func parse(_ bytes: Span<UInt8>) throws(RequestRefusal) -> Int? {
        while let feed = bytes.firstIndex(of: Octet.lineFeed, from: searched) {
            try checkSize(upTo: feed - 1)
            // RFC 9112 §2.2 lets a recipient take a bare LF for a line's end; two readings of one message are what smuggling
            // lives on, so it is refused.
            guard feed > lineStart, bytes[feed - 1] == Octet.carriageReturn else {
                throw .malformed("a line ends in LF without CR")
            }
            let line = lineStart..<feed - 1
            lineStart = feed + 1
            searched = lineStart
            if try take(line, of: bytes) { return lineStart }
        }
        searched = bytes.count
        try checkSize(upTo: searched - 1)
        return nil
    }

    private func checkSize(upTo end: Int) throws(RequestRefusal) {
        switch expecting {
        case .requestLine:
            guard end - lineStart <= limits.requestLine else { throw .targetTooLong(limit: limits.requestLine) }
        case .fields:
            guard end - fieldsStart <= limits.headerBytes else {
                throw .headTooLarge("the header fields are larger than \(limits.headerBytes) bytes")
            }
        }
    }

    /// Takes one line; true when it was the empty one that ends the head.
    private mutating func take(_ line: Range<Int>, of bytes: Span<UInt8>) throws(RequestRefusal) -> Bool {
        switch expecting {
        case .requestLine:
            if line.isEmpty {
                // RFC 9112 §2.2: at least one empty line before the request line is to be ignored; one is.
                guard !skippedEmptyLine else { throw .malformed("more than one empty line before the request line") }
                skippedEmptyLine = true
                return false
            }
            try RequestLine.parse(bytes, line, into: &head)
            expecting = .fields
            fieldsStart = lineStart
            // What a browser sends, in one allocation.
            head.lines.reserveCapacity(min(16, limits.headerCount))
            return false
        case .fields:
            guard !line.isEmpty else {
                try fields.finish(&head)
                return true
            }
            guard head.lines.count < limits.headerCount else {
                throw .headTooLarge("more than \(limits.headerCount) header fields")
            }
            let field = try FieldLine.parse(bytes, line)
            try fields.take(field, of: bytes)
            head.lines.append(field)
            return false
        }
    }
}
