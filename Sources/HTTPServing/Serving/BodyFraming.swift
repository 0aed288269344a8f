/// How an answer's body tells its end (RFC 9112 §6, §7).
enum BodyFraming: Sendable, Equatable {
    /// There is none, and none is announced (204, 304).
    case none
    /// By a length.
    case length(Int)
    /// By the last chunk.
    case chunked
    /// By the connection's end, for HTTP/1.0.
    case untilClose

    /// The bytes as they go over the wire.
    func frame(_ bytes: [UInt8]) -> [UInt8] {
        guard self == .chunked else { return bytes }
        var framed: [UInt8] = []
        framed.reserveCapacity(bytes.count + 20)
        framed.append(contentsOf: String(bytes.count, radix: 16).utf8)
        framed.append(contentsOf: [Octet.carriageReturn, Octet.lineFeed])
        framed.append(contentsOf: bytes)
        framed.append(contentsOf: [Octet.carriageReturn, Octet.lineFeed])
        return framed
    }

    /// The last chunk and an empty trailer section (RFC 9112 §7.1).
    static let lastChunk = Array("0\r\n\r\n".utf8)
}
