import HTTPTypes

@testable import HTTPServing

/// What one client of a storm sends, how it ends, and what a naive reading of the protocol says it must get.
struct StormScript {
    /// One request with its answer.
    struct Step {
        let bytes: [UInt8]
        let status: Int
        /// Nil where any will do.
        let body: [UInt8]?
        let isHead: Bool
        /// Nothing is answered after it.
        let isLast: Bool

        init(_ text: String, _ status: Int = 200, body: [UInt8]? = nil, isHead: Bool = false, isLast: Bool = false) {
            bytes = Array(text.utf8)
            self.status = status
            self.body = body
            self.isHead = isHead
            self.isLast = isLast
        }
    }

    enum Ending {
        /// Reads every answer and closes.
        case polite
        /// Shuts down its sending, then reads every answer.
        case halfClosed
        /// Stops somewhere, shuts down its sending, and reads the answers to what was whole.
        case cut
        /// Stops somewhere and resets.
        case reset
        /// Stops somewhere and closes.
        case gone
        /// Begins one more request and waits until it is told off.
        case stalled
    }

    var steps: [Step] = []
    var ending = Ending.polite
    /// Where what is sent ends.
    var end = 0
    /// Where it is divided into segments.
    var segments: [Int] = []

    init(using random: inout SplitMix) {
        for _ in 0...Int.random(in: 0...7, using: &random) {
            let step = Self.step(using: &random)
            steps.append(step)
            // Something that must not be answered may follow.
            if step.isLast, Bool.random(using: &random) { break }
        }
        let length = steps.reduce(0) { $0 + $1.bytes.count }
        end = length
        switch Int.random(in: 0..<1000, using: &random) {
        case 0..<5: ending = steps.contains(where: \.isLast) ? .polite : .stalled
        case 5..<200: ending = .halfClosed
        case 200..<600: ending = .polite
        case let other:
            ending = other < 750 ? .cut : other < 900 ? .reset : .gone
            end = Int.random(in: 0...length, using: &random)
        }
        segments = (0..<Int.random(in: 0...4, using: &random)).map { _ in Int.random(in: 0...end, using: &random) }
            .sorted()
    }

    /// The pieces in which it is sent.
    var pieces: [[UInt8]] {
        let bytes = steps.flatMap(\.bytes)
        let places = [0] + segments + [end]
        return zip(places, places.dropFirst()).map { Array(bytes[$0..<$1]) }
    }

    /// The steps that are sent whole and must be answered, and what may or may not be answered after them.
    var answered: (steps: [Step], perhaps: Step?) {
        var answered: [Step] = []
        var place = 0
        for step in steps {
            place += step.bytes.count
            // A refusal may come before the last byte of what is refused.
            guard place <= end else { return (answered, step) }
            answered.append(step)
            if step.isLast { break }
        }
        return (answered, nil)
    }

    static let largeBody = [UInt8](repeating: 0x61, count: 200_000)

    /// Large and sent often, so that the kernel sends it from a file.
    static let file = Representation(
        contentType: "text/plain",
        body: largeBody,
        etag: "v1",
        compressible: false,
        isSentOften: true
    )

    static let routes: [Route] = [
        .hello, .echo,
        .immediate("/file") { _ in .representation(file) },
        .immediate("/large") { _ in Response(body: .bytes(largeBody)) },
        .immediate("/gone") { _ in throw Problem(status: .gone, detail: "") },
        .asynchronous("/later") { _ in
            for _ in 0..<3 { await Task.yield() }
            return .bytes(Array("later".utf8), contentType: "text/plain")
        },
        .asynchronous("/stream") { _ in
            Response(
                body: .stream { writer in for text in ["one", "two"] { try await writer.write(Array(text.utf8)) } }
            )
        },
    ]

    private static func step(using random: inout SplitMix) -> Step {
        let host = "Host: x\r\n"
        let body = String(repeating: "b", count: Int.random(in: 0...3000, using: &random))
        switch Int.random(in: 0..<20, using: &random) {
        case 0, 1:
            return Step("GET /file HTTP/1.1\r\n\(host)\r\n", body: largeBody)
        case 2:
            return Step("GET /file HTTP/1.1\r\n\(host)If-None-Match: W/\"v1\"\r\n\r\n", 304, body: [])
        case 3: return Step("GET /hello HTTP/1.1\r\n\(host)\r\n", body: Array("hello\n".utf8))
        case 4: return Step("\r\nHEAD /large HTTP/1.1\r\n\(host)\r\n", body: [], isHead: true)
        case 5: return Step("GET /large HTTP/1.1\r\n\(host)\r\n", body: largeBody)
        case 6, 7: return Step("GET /later HTTP/1.1\r\n\(host)\r\n", body: Array("later".utf8))
        case 8, 9: return Step("GET /stream HTTP/1.1\r\n\(host)\r\n", body: Array("onetwo".utf8))
        case 10, 11:
            return Step(
                "POST /echo HTTP/1.1\r\n\(host)Content-Length: \(body.utf8.count)\r\n\r\n\(body)",
                body: Array(body.utf8)
            )
        case 12, 13:
            let expect = Bool.random(using: &random) ? "Expect: 100-continue\r\n" : ""
            let size = String(body.utf8.count + 1, radix: 16)
            return Step(
                "POST /echo HTTP/1.1\r\n\(host)\(expect)Transfer-Encoding: chunked\r\n\r\n"
                    + "\(size);a=\"b\"\r\n.\(body)\r\n0\r\nX: y\r\n\r\n",
                body: Array(".\(body)".utf8)
            )
        case 14: return Step("OPTIONS * HTTP/1.1\r\n\(host)\r\n", 204)
        case 15: return Step("GET /nowhere HTTP/1.1\r\n\(host)Content-Length: 3\r\n\r\nabc", 404)
        case 16: return Step("DELETE /hello HTTP/1.1\r\n\(host)\r\n", 405)
        case 17: return Step("GET /gone HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 410)
        case 18: return Step("GET /hello HTTP/1.1\r\n\(host)Connection: close\r\n\r\n", isLast: true)
        default: return refusals.randomElement(using: &random) ?? Step("", 400)
        }
    }

    private static let refusals = [
        Step("GET /\n", 400, isLast: true),
        Step("GET /hello HTTP/1.1\r\nA: b\r\n\r\n", 400, isLast: true),
        Step(
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            400,
            isLast: true
        ),
        Step("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n", 400, isLast: true),
        Step("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n", 413, isLast: true),
        Step("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501, isLast: true),
        Step("GET / HTTP/2.0\r\n\r\n", 505, isLast: true),
    ]
}
