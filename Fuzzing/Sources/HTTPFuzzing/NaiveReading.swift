@testable import HTTPServing

/// A second opinion: what RFC 9112 and the rules of `RequestParser` make of a whole stream, written apart from the parser,
/// short and slow, with nothing incremental in it.
///
/// A line is judged when its end is there, earlier only for its size. Where a line, or a head as a whole, breaks several
/// rules at once, the status of any of them will do.
struct NaiveReading {
    enum End: Error, Equatable {
        case waiting(RequestParser.Waiting)
        /// The statuses of all rules broken at the place.
        case refused(Set<Int>)
    }

    private let limits: HTTPLimits
    private var rest: ArraySlice<UInt8>
    private(set) var steps: [Account.Step] = []
    private(set) var end = End.waiting(.request)

    init(_ bytes: [UInt8], limits: HTTPLimits) {
        self.limits = limits
        rest = bytes[...]
        do throws(End) {
            while true { try readMessage() }
        } catch {
            end = error
        }
    }

    private mutating func readMessage() throws(End) {
        // RFC 9112 §2.2: an empty line before the request line.
        if rest.starts(with: "\r\n".utf8) { rest = rest.dropFirst(2) }
        guard !rest.isEmpty else { throw .waiting(.request) }
        let requestLine = try takeLine(room: limits.requestLine, status: 414, waiting: .head)
        var head = try NaiveHead(requestLine: requestLine)
        var fieldBytes = 0
        while true {
            let line = try takeLine(room: limits.headerBytes - fieldBytes, status: 431, waiting: .head)
            guard !line.isEmpty else { break }
            fieldBytes += line.count + 2
            if head.message.fields.count == limits.headerCount { throw .refused([431]) }
            try head.take(line)
        }
        var message = try head.finish(bodyLimit: limits.body)
        if message.expectsContinue { steps.append(.expectsContinue(message)) }
        switch message.framing {
        case .none: break
        case .length(let length): message.body = try takeBytes(length)
        case .chunked: message.body = try takeChunks()
        }
        steps.append(.request(message))
    }

    /// A line without its CRLF, which is not counted; one whose end is not there yet may be longer by the `patience`.
    private mutating func takeLine(
        room: Int,
        patience: Int = 0,
        status: Int,
        waiting: RequestParser.Waiting
    ) throws(End) -> ArraySlice<UInt8> {
        let feed = rest.firstIndex(of: 0x0A)
        // The last byte before LF, or the last so far, may be the CR.
        let line = rest[..<(feed ?? rest.endIndex)]
        var complaints: Set<Int> = line.count - 1 > room + (feed == nil ? patience : 0) ? [status] : []
        guard let feed else { throw complaints.isEmpty ? .waiting(waiting) : .refused(complaints) }
        if line.last != 0x0D { complaints.insert(400) }
        guard complaints.isEmpty else { throw .refused(complaints) }
        rest = rest[(feed + 1)...]
        return line.dropLast()
    }

    private mutating func takeBytes(_ count: Int) throws(End) -> [UInt8] {
        guard rest.count >= count else { throw .waiting(.body) }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// A line of a chunked body, whose CRLF counts.
    private mutating func takeChunkLine(room: Int) throws(End) -> ArraySlice<UInt8> {
        try takeLine(room: room - 2, patience: 1, status: 431, waiting: .body)
    }

    /// The body that chunks make (RFC 9112 §7.1).
    ///
    /// Sizes, extensions and trailers share the limit of a head's fields, but the digits of a size are free
    /// once its line is over.
    private mutating func takeChunks() throws(End) -> [UInt8] {
        var body: [UInt8] = []
        var overhead = 0
        while true {
            let line = try takeChunkLine(room: limits.headerBytes - overhead)
            guard let chunk = NaiveChunkSize(line) else { throw .refused([400]) }
            overhead += chunk.extensionCount
            guard let size = chunk.size, body.count + size <= limits.body else { throw .refused([413]) }
            if size == 0 { break }
            body += try takeBytes(size)
            guard !rest.starts(with: "\r\n".utf8) else {
                rest = rest.dropFirst(2)
                continue
            }
            throw rest.count <= 2 && !rest.contains(0x0A) ? .waiting(.body) : .refused([400])
        }
        var trailers = 0
        while true {
            let line = try takeChunkLine(room: limits.headerBytes - overhead)
            guard !line.isEmpty else { return body }
            overhead += line.count + 2
            trailers += 1
            guard trailers <= limits.headerCount else { throw .refused([431]) }
            guard Message.Field(naively: line) != nil else { throw .refused([400]) }
        }
    }
}
