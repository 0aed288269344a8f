import Testing

@testable import HTTPServing

struct SpareBuffersTests {
    private func idleParser() -> RequestParser {
        var parser = RequestParser(limits: HTTPLimits())
        Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8).withUnsafeBytes { parser.append($0) }
        _ = parser.next()
        return parser
    }

    @Test func `every idle connection gives its buffer away, and a few are kept`() {
        var spares = SpareBuffers(limit: 2)
        for _ in 0..<3 {
            var parser = idleParser()
            #expect(parser.hasBuffer)
            spares.collect(from: &parser)
            #expect(!parser.hasBuffer)
        }
        for isLent in [true, true, false] {
            var parser = RequestParser(limits: HTTPLimits())
            spares.lend(to: &parser)
            #expect(parser.hasBuffer == isLent)
        }
    }

    @Test func `a connection that waits for the rest of a request keeps its buffer`() {
        var spares = SpareBuffers()
        var parser = RequestParser(limits: HTTPLimits())
        Array("GET /".utf8).withUnsafeBytes { parser.append($0) }
        _ = parser.next()
        spares.collect(from: &parser)
        #expect(parser.hasBuffer)
        Array(" HTTP/1.1\r\nHost: x\r\n\r\n".utf8).withUnsafeBytes { parser.append($0) }
        guard case .request(let head, _) = parser.next() else {
            Issue.record("no request")
            return
        }
        #expect(head.text(head.target.path) == "/")
    }
}
