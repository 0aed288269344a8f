/// Undoes the chunked transfer coding (RFC 9112 §7.1), trailers included, of which nothing is kept (§7.1.2).
struct ChunkedParser: Sendable {
    private enum Expecting { case size, data(left: Int), dataEnd, trailers }

    private let limits: HTTPLimits
    private var expecting = Expecting.size
    private var trailerCount = 0
    /// Bytes of size lines and trailers: what a sender may spend on saying nothing.
    private var overhead = 0

    init(limits: HTTPLimits) {
        self.limits = limits
    }

    /// Takes what can be taken from `start` on, appending data to the body; returns where it stopped and whether the body is whole.
    mutating func parse(
        _ bytes: Span<UInt8>,
        from start: Int,
        into body: inout [UInt8]
    ) throws(RequestRefusal) -> (end: Int, isWhole: Bool) {
        var index = start
        while true {
            if case .data(let left) = expecting {
                let taken = min(left, bytes.count - index)
                bytes.extracting(index..<index + taken).withUnsafeBufferPointer { body.append(contentsOf: $0) }
                index += taken
                expecting = taken == left ? .dataEnd : .data(left: left - taken)
                if taken < left { return (index, false) }
                continue
            }
            guard let feed = bytes.firstIndex(of: Octet.lineFeed, from: index) else {
                try checkOverhead(adding: bytes.count - index)
                return (index, false)
            }
            try checkOverhead(adding: feed + 1 - index)
            guard feed > index, bytes[feed - 1] == Octet.carriageReturn else {
                throw .malformed("a line of the chunked body ends in LF without CR")
            }
            let line = index..<feed - 1
            index = feed + 1
            if try take(line, of: bytes, bodyCount: body.count) { return (index, true) }
        }
    }

    private func checkOverhead(adding count: Int) throws(RequestRefusal) {
        switch expecting {
        case .dataEnd:
            guard count <= 2 else { throw .malformed("a chunk is longer than its size") }
        case .size, .trailers, .data:
            guard overhead + count <= limits.headerBytes else {
                throw .headTooLarge("chunk sizes, extensions and trailers are larger than \(limits.headerBytes) bytes")
            }
        }
    }

    /// Takes one line; true when it was the empty one after the trailers.
    private mutating func take(_ line: Range<Int>, of bytes: Span<UInt8>, bodyCount: Int) throws(RequestRefusal) -> Bool
    {
        switch expecting {
        case .dataEnd, .data:
            guard line.isEmpty else { throw .malformed("a chunk is longer than its size") }
            expecting = .size
        case .size:
            let size = try ChunkSize.parse(bytes, line)
            overhead += ChunkSize.extensionCount(bytes, line)
            guard size <= limits.body - bodyCount else { throw .bodyTooLarge(limit: limits.body) }
            expecting = size == 0 ? .trailers : .data(left: size)
        case .trailers:
            guard !line.isEmpty else { return true }
            overhead += line.count + 2
            trailerCount += 1
            guard trailerCount <= limits.headerCount else {
                throw .headTooLarge("more than \(limits.headerCount) trailer fields")
            }
            _ = try FieldLine.parse(bytes, line)
        }
        return false
    }
}
