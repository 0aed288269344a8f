import HTTPTypes

/// Turns received bytes into requests: a pure value, fed with any pieces, that gives the same steps for any split of the bytes.
///
/// Append what was received, then ask for steps until one says `incomplete`. A refusal is final: the connection's framing is
/// lost, and every later step repeats it.
struct RequestParser: Sendable {
    /// What the bytes so far amount to.
    enum Step: Sendable {
        /// More bytes are needed.
        case incomplete
        /// The client waits for 100 before it sends the body (RFC 9110 §10.1.1); told once, before the body is read.
        case expectsContinue(RequestHead)
        /// A request is whole.
        case request(RequestHead, body: [UInt8])
        /// No request can be read from this connection any more.
        case refused(RequestRefusal)
    }

    /// What a time-out must watch.
    enum Waiting: Sendable, Equatable { case request, head, body }

    private enum Phase {
        case head
        case announced
        case length(left: Int)
        case chunked(ChunkedParser)
        case refused(RequestRefusal, isHead: Bool, of: RequestHead?)
    }

    private let limits: HTTPLimits
    private var buffer: [UInt8] = []
    /// The first byte not yet consumed.
    private var start = 0
    private var phase = Phase.head
    private var headParser: HeadParser
    private var head = RequestHead()
    private var body: [UInt8] = []

    init(limits: HTTPLimits) {
        self.limits = limits
        headParser = HeadParser(limits: limits)
    }

    /// What the parser waits for when a step was `incomplete`.
    var waiting: Waiting {
        switch phase {
        case .head: headParser.hasBegun ? .head : .request
        case .announced, .length, .chunked: .body
        case .refused: .request
        }
    }

    /// Whether everything received was consumed.
    var isEmpty: Bool { start == buffer.count }

    /// Whether the request that is being read, or was refused, is a HEAD as far as its method was read: then no answer to it
    /// has a body, a refusal neither (RFC 9110 §9.3.2).
    var isHead: Bool {
        switch phase {
        case .head: headParser.head.method == .head || buffer[start...].starts(with: Self.headMethod)
        case .announced, .length, .chunked: head.method == .head
        case .refused(_, let isHead, _): isHead
        }
    }

    /// The head that was read whole of a request whose body is being read, or for whose body it was refused.
    var headOfBody: RequestHead? {
        switch phase {
        case .announced, .length, .chunked: head
        case .refused(_, _, let head): head
        case .head: nil
        }
    }

    private static let headMethod = Array("HEAD ".utf8)

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        // Nothing will be read any more, and a peer that goes on must not be able to fill the memory.
        if case .refused = phase { return }
        if start == buffer.count {
            buffer.removeAll(keepingCapacity: true)
        } else if start > 0 {
            buffer.removeSubrange(0..<start)
        }
        start = 0
        buffer.append(contentsOf: bytes)
    }

    mutating func next() -> Step {
        do {
            switch phase {
            case .head: return try nextHead()
            case .announced:
                beginBody()
                return try nextBody()
            case .length, .chunked: return try nextBody()
            case .refused(let refusal, _, _): return .refused(refusal)
            }
        } catch {
            phase = .refused(error, isHead: isHead, of: headOfBody)
            buffer = []
            body = []
            start = 0
            return .refused(error)
        }
    }

    private mutating func nextHead() throws(RequestRefusal) -> Step {
        let received = buffer
        guard let end = try headParser.parse(received.span.extracting(start...)) else { return .incomplete }
        var head = headParser.takeHead()
        if case .length(let length) = head.framing, length > limits.body {
            head.bytes = Array(buffer[start..<start + end])
            self.head = head
            phase = .announced
            throw .bodyTooLarge(limit: limits.body)
        }
        // A request without a body shares the buffer instead of copying its head out of it: when the request is gone before
        // more bytes come, nothing is allocated for it.
        if start == 0, head.framing == .none || head.framing == .length(0) {
            head.bytes = buffer
            start = end
            return .request(head, body: [])
        }
        head.bytes = Array(buffer[start..<start + end])
        start += end
        self.head = head
        if head.expectsContinue {
            phase = .announced
            return .expectsContinue(head)
        }
        beginBody()
        return try nextBody()
    }

    private mutating func beginBody() {
        switch head.framing {
        case .none: phase = .length(left: 0)
        case .length(let length): phase = .length(left: length)
        case .chunked: phase = .chunked(ChunkedParser(limits: limits))
        }
    }

    private mutating func nextBody() throws(RequestRefusal) -> Step {
        switch phase {
        case .length(let left):
            let taken = min(left, buffer.count - start)
            body.append(contentsOf: buffer[start..<start + taken])
            start += taken
            guard taken == left else {
                phase = .length(left: left - taken)
                return .incomplete
            }
        case .chunked(var parser):
            let received = buffer
            let (end, isWhole) = try parser.parse(received.span, from: start, into: &body)
            start = end
            guard isWhole else {
                phase = .chunked(parser)
                return .incomplete
            }
        case .head, .announced, .refused: return .incomplete
        }
        defer {
            head = RequestHead()
            body = []
            phase = .head
        }
        return .request(head, body: body)
    }
}

extension RequestParser {
    /// Hands out the buffer of an idle connection, so that idling costs no memory.
    mutating func surrenderBuffer() -> [UInt8]? {
        guard isEmpty, waiting == .request, buffer.capacity > 0 else { return nil }
        defer {
            buffer = []
            start = 0
        }
        return buffer
    }

    /// Takes a buffer that another connection surrendered.
    mutating func adopt(_ spare: [UInt8]) {
        buffer = spare
        start = spare.count
    }

    var hasBuffer: Bool { buffer.capacity > 0 }
}
