/// Tells where an answer on a kept connection ends, given its bytes as they come.
///
/// It knows what the servers measured here send: `Content-Length`, chunks without trailers, or a status without a body. Anything
/// else is refused, so that no benchmark counts half an answer for a whole one.
package struct AnswerReader: Sendable {
    private var bytes: [UInt8] = []
    private var answer: Answer?
    /// Where the body begins.
    private var start = 0
    /// Where the answer ends, once that is known.
    private var end: Int?
    /// Where the head of the next chunk begins; nil in a body that is not in chunks.
    private var nextChunk: Int?
    private var chunks: [Range<Int>] = []

    package init() {}

    /// Takes more bytes; true once the answer is whole.
    package mutating func take(_ more: some Sequence<UInt8>) throws(MeasuringError) -> Bool {
        bytes.append(contentsOf: more)
        if answer == nil { try readHead() }
        if end == nil { try readChunks() }
        guard let end else { return false }
        guard bytes.count <= end else { throw .unexpectedBytes(count: bytes.count - end) }
        return bytes.count == end
    }

    /// Hands over the answer and is ready for the next one on the connection; nil before `take` said it is whole.
    package mutating func finish() -> Answer? {
        guard let head = answer, let end, bytes.count == end else { return nil }
        defer { forget() }
        let body = nextChunk == nil ? Array(bytes[start...]) : chunks.flatMap { bytes[$0] }
        return Answer(status: head.status, fields: head.fields, body: body)
    }

    /// Is ready for the next answer without having made a value of this one.
    package mutating func forget() {
        bytes.removeAll(keepingCapacity: true)
        answer = nil
        end = nil
        nextChunk = nil
        chunks = []
    }

    private mutating func readHead() throws(MeasuringError) {
        let blankLine: [UInt8] = [13, 10, 13, 10]
        guard let headEnd = bytes.indices.first(where: { bytes[$0...].starts(with: blankLine) }) else { return }
        let head = try Self.parse(String(decoding: bytes[..<headEnd], as: UTF8.self))
        start = headEnd + blankLine.count
        if let length = Self.bodyLength(of: head) {
            end = start + length
        } else if head["Transfer-Encoding"]?.lowercased() == "chunked" {
            nextChunk = start
        } else {
            throw .noLength(status: head.status)
        }
        answer = head
    }

    /// RFC 9112 §7.1, without extensions and trailers.
    private mutating func readChunks() throws(MeasuringError) {
        while let head = nextChunk, end == nil {
            guard let lineEnd = bytes[head...].firstIndex(of: 10) else { return }
            let line = String(decoding: bytes[head..<lineEnd].dropLast(), as: UTF8.self)
            guard let size = Int(line, radix: 16), size >= 0 else { throw .notHTTP(line: line) }
            let afterChunk = lineEnd + 1 + size + 2
            if size == 0 {
                end = afterChunk
            } else {
                guard bytes.count >= afterChunk else { return }
                chunks.append(lineEnd + 1..<lineEnd + 1 + size)
                nextChunk = afterChunk
            }
        }
    }

    private static func parse(_ head: String) throws(MeasuringError) -> Answer {
        var lines = head.split(separator: "\r\n", omittingEmptySubsequences: false)
        let statusLine = lines.removeFirst()
        let words = statusLine.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw .notHTTP(line: String(statusLine))
        }
        var fields: [Answer.Field] = []
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { throw .notHTTP(line: String(line)) }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            fields.append(Answer.Field(name: String(line[..<colon]), value: String(value)))
        }
        return Answer(status: status, fields: fields, body: [])
    }

    /// RFC 9112 §6.3, as far as it is needed here.
    private static func bodyLength(of answer: Answer) -> Int? {
        if answer.status == 304 || answer.status == 204 { return 0 }
        return answer["Content-Length"].flatMap { Int($0) }
    }
}
