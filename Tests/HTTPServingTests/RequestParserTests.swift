import HTTPTypes
import Testing

@testable import HTTPServing

struct RequestParserTests {
    private static let limits = HTTPLimits(requestLine: 64, headerCount: 10, headerBytes: 320, body: 100)

    @Test(arguments: ParserSamples.accepted)
    func `requests are read`(_ sample: ParserSamples.Accepted) {
        #expect(steps([Array(sample.bytes.utf8)]) == sample.steps)
    }

    @Test(arguments: ParserSamples.refused)
    func `what could be read in two ways is refused`(_ sample: ParserSamples.Refused) {
        let steps = steps([Array(sample.bytes.utf8)])
        #expect(steps.count == 1)
        #expect(steps.last?.hasPrefix("refused \(sample.status) ") == true)
    }

    @Test(arguments: ParserSamples.accepted.map(\.bytes) + ParserSamples.refused.map(\.bytes))
    func `any split of the bytes gives the same steps`(_ sample: String) {
        let bytes = Array(sample.utf8)
        let whole = steps([bytes])
        for split in 0...bytes.count {
            #expect(steps([Array(bytes[..<split]), Array(bytes[split...])]) == whole, "split at \(split)")
        }
        // Pieces of one byte each are the first of these.
        for length in 1...bytes.count {
            let pieces = stride(from: 0, to: bytes.count, by: length).map { start in
                Array(bytes[start..<min(start + length, bytes.count)])
            }
            #expect(steps(pieces) == whole, "in pieces of \(length)")
        }
    }

    @Test(arguments: ParserSamples.accepted)
    func `a request is read from any place in a stream`(_ sample: ParserSamples.Accepted) {
        let before = Array("GET /before HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        let bytes = before + Array(sample.bytes.utf8)
        for split in before.count - 3...bytes.count {
            let read = steps([Array(bytes[..<split]), Array(bytes[split...])])
            #expect(read == ["GET /before []"] + sample.steps, "split at \(split)")
        }
    }

    @Test func `damaged bytes give the same steps however they are split`() {
        var random = SplitMix(state: 1)
        let samples = (ParserSamples.accepted.map(\.bytes) + ParserSamples.refused.map(\.bytes)).map { Array($0.utf8) }
        let marks = Array("\r\n\0 :;,0aF\t\"x".utf8)
        for _ in 0..<3000 {
            var bytes = samples[Int(random.next() % UInt64(samples.count))]
            for _ in 0...random.next() % 3 where !bytes.isEmpty {
                let place = Int(random.next() % UInt64(bytes.count))
                let mark = marks[Int(random.next() % UInt64(marks.count))]
                switch random.next() % 3 {
                case 0: bytes[place] = mark
                case 1: bytes.insert(mark, at: place)
                default: bytes.remove(at: place)
                }
            }
            let split = Int(random.next() % UInt64(bytes.count + 1))
            let whole = steps([bytes])
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(steps([Array(bytes[..<split]), Array(bytes[split...])]) == whole, "\(text) split at \(split)")
            #expect(steps(bytes.map { [$0] }) == whole, "\(text) byte by byte")
        }
    }

    @Test func `a refusal is final`() {
        var parser = RequestParser(limits: Self.limits)
        append("GET\r\n", to: &parser)
        #expect(describe(parser.next()).hasPrefix("refused"))
        append("GET / HTTP/1.1\r\nHost: x\r\n\r\n", to: &parser)
        #expect(describe(parser.next()).hasPrefix("refused"))
        // What comes after it is not even kept.
        #expect(parser.isEmpty)
        #expect(!parser.hasBuffer)
    }

    @Test func `a whole number of requests leaves nothing behind`() {
        var parser = RequestParser(limits: Self.limits)
        append("GET / HTTP/1.1\r\nHost: x\r\n\r\n", to: &parser)
        #expect(parser.waiting == .head || parser.waiting == .request)
        _ = parser.next()
        #expect(parser.isEmpty)
        #expect(parser.waiting == .request)
        #expect(parser.surrenderBuffer() != nil)
        #expect(!parser.hasBuffer)
    }

    @Test func `the parser says what it waits for`() {
        var parser = RequestParser(limits: Self.limits)
        _ = parser.next()
        #expect(parser.waiting == .request)
        append("P", to: &parser)
        _ = parser.next()
        #expect(parser.waiting == .head)
        append("UT / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n1", to: &parser)
        _ = parser.next()
        #expect(parser.waiting == .body)
        append("2", to: &parser)
        _ = parser.next()
        #expect(parser.waiting == .request)
    }

    @Test(arguments: [
        ("PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n1", true),
        ("PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n1", true),
        ("PUT /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n", true),
        ("PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", false),
        ("PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n12", false), ("PUT /a", false), ("", false),
    ])
    func `what was asked for is known where only the body is missing or refused`(_ text: String, _ isKnown: Bool) {
        var parser = RequestParser(limits: Self.limits)
        append(text, to: &parser)
        _ = parser.next()
        let request = parser.headOfBody.map { Request(head: $0, body: [], peer: .unix) }
        #expect(request?.path == (isKnown ? "/a" : nil))
        #expect(request?.method == (isKnown ? .put : nil))
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", true),
        ("GET / HTTP/1.1\r\nHost: x\r\nConnection: foo, Close\r\n\r\n", false),
        ("GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, close\r\n\r\n", false),
        ("GET / HTTP/1.0\r\n\r\n", false),
        ("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", true),
    ])
    func `the connection lasts as RFC 9112 §9·3 says`(_ text: String, _ lasts: Bool) {
        var parser = RequestParser(limits: Self.limits)
        append(text, to: &parser)
        guard case .request(let head, _) = parser.next() else {
            Issue.record("no request")
            return
        }
        #expect(head.keepsAlive == lasts)
    }

    @Test func `fields are found whatever their case and joined in their order`() {
        var parser = RequestParser(limits: Self.limits)
        append("GET /a/%2F HTTP/1.1\r\nHost: x:1\r\nAccept: a\r\naCCEPT:  b \r\n\r\n", to: &parser)
        guard case .request(let head, let body) = parser.next() else {
            Issue.record("no request")
            return
        }
        let request = Request(head: head, body: body, peer: .unix)
        #expect(request[.accept] == "a, b")
        #expect(request[.userAgent] == nil)
        #expect(request.authority == "x:1")
        #expect(request.path == "/a/%2F")
        #expect(request.query == nil)
    }

    // MARK: - Steps as texts

    private func append(_ text: String, to parser: inout RequestParser) {
        Array(text.utf8).withUnsafeBytes { parser.append($0) }
    }

    private func steps(_ pieces: [[UInt8]]) -> [String] {
        var parser = RequestParser(limits: Self.limits)
        var steps: [String] = []
        for piece in pieces {
            piece.withUnsafeBytes { parser.append($0) }
            drain: while true {
                switch parser.next() {
                case .incomplete: break drain
                case .refused(let refusal):
                    steps.append(describe(.refused(refusal)))
                    return steps
                case let step: steps.append(describe(step))
                }
            }
        }
        return steps
    }

    private func describe(_ step: RequestParser.Step) -> String {
        switch step {
        case .incomplete: return "incomplete"
        case .expectsContinue: return "100?"
        case .request(let head, let body):
            let request = Request(head: head, body: body, peer: .unix)
            let authority = head.target.authority.map { head.text($0) + " " } ?? ""
            let query = request.query.map { "?" + $0 } ?? ""
            return
                "\(request.method.rawValue) \(authority)\(request.path)\(query) [\(String(decoding: body, as: UTF8.self))]"
        case .refused(let refusal): return "refused \(refusal.problem.status.code) \(refusal.problem.detail)"
        }
    }
}
