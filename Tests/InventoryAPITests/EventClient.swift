import Foundation
import Locking

/// A client of server-sent events over a plain socket.
///
/// Bytes are received by a thread of its own: blocking calls would take the workers on which the server's queues run.
final class EventClient: Sendable {
    /// Nil once it is closed, which is the receiving thread's business: a number given back too early is another
    /// connection's.
    private let descriptor: Locked<Int32?>
    private let received: AsyncStream<[UInt8]>
    private let state = Locked(State())

    private struct State {
        var chunks: [UInt8] = []
        var reader = EventReader()
        var waiting: [EventReader.Event] = []
        var hasEnded = false
    }

    let status: Int
    let fields: [String: String]

    /// Sends the request and waits for the head of its answer.
    static func open(
        _ client: RawHTTPClient,
        _ target: String,
        fields: [String: String] = [:]
    ) async throws -> EventClient {
        let descriptor = try client.connect(target, fields: fields)
        let open = Locked<Int32?>(descriptor)
        let (received, push) = AsyncStream.makeStream(of: [UInt8].self)
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 16 * 1024)
            while true {
                let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
                if count > 0 {
                    push.yield(Array(buffer.prefix(count)))
                } else if count == 0 || errno != EINTR {
                    break
                }
            }
            open.withLock { $0 = nil }
            close(descriptor)
            push.finish()
        }
        return try await EventClient(open, received)
    }

    private init(_ descriptor: Locked<Int32?>, _ received: AsyncStream<[UInt8]>) async throws {
        self.descriptor = descriptor
        self.received = received
        var bytes: [UInt8] = []
        for await more in received {
            bytes += more
            if Data(bytes).range(of: Data("\r\n\r\n".utf8)) != nil { break }
        }
        let head = try RawHTTPClient.parse(bytes)
        status = head.status
        fields = head.fields
        state.withLock { $0.chunks = head.body }
    }

    deinit {
        descriptor.withLock { descriptor in if let descriptor { shutdown(descriptor, Int32(SHUT_RDWR)) } }
    }

    /// What a client that comes back names.
    var lastEventID: String { state.withLock(\.reader.lastEventID) }

    var retry: Int? { state.withLock(\.reader.retry) }

    /// The next event, or id without one; nil where the stream has ended.
    func next() async -> EventReader.Event? {
        while true {
            if let event = state.withLock({ $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }) { return event }
            if state.withLock(\.hasEnded) { return nil }
            takeChunks()
            if state.withLock({ !$0.waiting.isEmpty || $0.hasEnded }) { continue }
            guard await receive() else {
                state.withLock { $0.hasEnded = true }
                return nil
            }
        }
    }

    /// Events until one of a name, that one included.
    func events(through name: String) async -> [EventReader.Event] {
        var events: [EventReader.Event] = []
        while let event = await next() {
            events.append(event)
            if event.name == name { break }
        }
        return events
    }

    private func receive() async -> Bool {
        var iterator = received.makeAsyncIterator()
        guard let bytes = await iterator.next() else { return false }
        state.withLock { $0.chunks += bytes }
        return true
    }

    /// Undoes the chunked coding of what has come whole.
    private func takeChunks() {
        state.withLock { state in
            while let end = state.chunks.prefix(20).firstIndex(of: UInt8(ascii: "\n")) {
                let size = Int(String(decoding: state.chunks[..<end].dropLast(), as: UTF8.self), radix: 16) ?? 0
                let data = end + 1..<end + 1 + size
                guard state.chunks.count >= data.upperBound + 2 else { return }
                state.waiting += state.reader.read(state.chunks[data])
                state.chunks.removeFirst(data.upperBound + 2)
                if size == 0 { state.hasEnded = true }
            }
        }
    }
}
