/// The writing end of a streamed body.
package struct BodyWriter: Sendable {
    let loop: EventLoop
    let exchange: ExchangeID

    /// Sends bytes; suspends while the peer does not read.
    ///
    /// Throws ``BodyWriterError`` when the connection is gone or the declared length is exceeded, and `CancellationError` when
    /// the task is cancelled while it waits.
    package func write(_ bytes: [UInt8]) async throws {
        try await loop.write(bytes, to: exchange)
    }

    /// Says that the body has no end of its own.
    ///
    /// Its task is then cancelled at once when the server stops or the peer has finished sending, not only at the end of the
    /// time that others have; it is to return.
    package func declareEndless() async {
        await loop.declareEndless(exchange)
    }
}

/// Why bytes of a streamed body cannot be sent.
package enum BodyWriterError: Error, Equatable, CustomStringConvertible {
    /// The peer is gone, the server closed the connection, or the stream has ended.
    case connectionClosed
    /// Bytes were written beyond the answer's declared length, by so many; the connection is reset.
    case beyondContentLength(by: Int)

    package var description: String {
        switch self {
        case .connectionClosed: "the connection is closed"
        case .beyondContentLength(let surplus): "a body was written \(surplus) bytes beyond its declared length"
        }
    }
}
