import Foundation
import HTTPServing
import Locking

/// A client that sends exactly the bytes it is told to, over a real socket.
///
/// Its blocking calls run on queues of their own, so that the tests leave the cooperative pool to the server's handlers.
final class RawClient: Sendable {
    enum Failure: Error, Equatable {
        case refused(Int32)
        case silent
        case reset
        case ended(before: String)
    }

    let descriptor: Int32
    private let sending = DispatchQueue(label: "test.client.sending")
    private let receiving = DispatchQueue(label: "test.client.receiving")
    /// What came with an answer and belongs to the next.
    private let unread = Locked<[UInt8]>([])

    /// Connects; from another address than the system would choose, or with little room for what is received, where told so.
    init(_ address: BoundAddress, from source: String? = nil, receiveBuffer: Int32? = nil) async throws {
        let queue = sending
        descriptor = try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result { try Self.connect(address, from: source, receiveBuffer: receiveBuffer) }
                )
            }
        }
    }

    deinit {
        close(descriptor)
    }

    // Tests run processes of their own, which would keep the sockets of others open.
    private static let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)

    private static func connect(_ address: BoundAddress, from source: String?, receiveBuffer: Int32?) throws -> Int32 {
        let descriptor: Int32
        let result: Int32
        switch address {
        case .ip(let host, let port):
            descriptor = socket(host.contains(":") ? AF_INET6 : AF_INET, Self.kind, 0)
            // Before connecting, or the window is announced already.
            if var receiveBuffer {
                setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
            }
            if let source { _ = try resolved(source, 0) { bind(descriptor, $0, $1) } }
            result = try resolved(host, port) { Foundation.connect(descriptor, $0, $1) }
        case .unix(let path):
            descriptor = socket(AF_UNIX, Self.kind, 0)
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
            result = withUnsafePointer(to: &name) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }
        guard result == 0 else {
            let code = errno
            Foundation.close(descriptor)
            throw Failure.refused(code)
        }
        // Each piece goes out at once. (It fails for unix sockets, which need it not.)
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        // A server that never answers fails the test instead of hanging it.
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        return descriptor
    }

    private static func resolved(
        _ host: String,
        _ port: UInt16,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &list) == 0, let found = list else { throw Failure.refused(0) }
        defer { freeaddrinfo(list) }
        return body(found.pointee.ai_addr, found.pointee.ai_addrlen)
    }

    private func on<Value: Sendable>(
        _ queue: DispatchQueue,
        _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }

    /// Sends all of the bytes; returns how many the server's side took before it was gone.
    @discardableResult
    func send(_ bytes: [UInt8]) async throws -> Int {
        let descriptor = descriptor
        return try await on(sending) {
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { break }
                sent += count
            }
            return sent
        }
    }

    @discardableResult
    func send(_ text: String) async throws -> Int {
        try await send(Array(text.utf8))
    }

    /// Bytes as they come; empty at the end of the server's sending.
    func receive(atMost limit: Int = 64 * 1024) async throws -> [UInt8] {
        let kept = unread.withLock { unread in
            defer { unread.removeFirst(min(limit, unread.count)) }
            return Array(unread.prefix(limit))
        }
        guard kept.isEmpty else { return kept }
        let descriptor = descriptor
        return try await on(receiving) {
            try [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
                let received = recv(descriptor, buffer.baseAddress, limit, 0)
                guard received >= 0 else { throw errno == ECONNRESET ? Failure.reset : Failure.silent }
                count = received
            }
        }
    }

    /// Whether nothing comes for a while, neither bytes nor the end: the client's own clock.
    func isQuiet(for duration: Duration) async throws -> Bool {
        guard unread.withLock({ $0.isEmpty }) else { return false }
        let descriptor = descriptor
        let milliseconds = Int32(duration / .milliseconds(1))
        return try await on(receiving) {
            var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return poll(&watched, 1, milliseconds) == 0
        }
    }

    /// Everything up to the server's closing.
    func receiveToEnd() async throws -> String {
        var all: [UInt8] = []
        while true {
            let bytes = try await receive()
            if bytes.isEmpty { return String(decoding: all, as: UTF8.self) }
            all += bytes
        }
    }

    /// One answer; what came with it is left for the next.
    func answer(toHead isHead: Bool = false) async throws -> RawAnswer {
        let head = try await receive(through: "\r\n\r\n")
        var answer = RawAnswer(head: head)
        if isHead || answer.status == 204 || answer.status == 304 || answer.status < 200 { return answer }
        if let length = answer["content-length"].flatMap(Int.init) {
            answer.body = try await receive(exactly: length)
        } else if answer["transfer-encoding"] == "chunked" {
            while true {
                // CR LF is one Character.
                let size = Int(try await receive(through: "\r\n").dropLast(), radix: 16) ?? 0
                let chunk = try await receive(exactly: size + 2)
                if size == 0 { break }
                answer.body += chunk.dropLast(2)
            }
        } else {
            answer.body = Array(try await receiveToEnd().utf8)
        }
        return answer
    }

    func receive(through mark: String) async throws -> String {
        let mark = Array(mark.utf8)
        var text: [UInt8] = []
        while true {
            let bytes = try await receive()
            if bytes.isEmpty { throw Failure.ended(before: String(decoding: text, as: UTF8.self)) }
            // The mark may lie across two receptions.
            let start = max(0, text.count - mark.count + 1)
            text += bytes
            guard let found = text[start...].firstRange(of: mark) else { continue }
            let rest = text[found.upperBound...]
            unread.withLock { $0.insert(contentsOf: rest, at: 0) }
            return String(decoding: text[..<found.upperBound], as: UTF8.self)
        }
    }

    func receive(exactly count: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let more = try await receive(atMost: count - bytes.count)
            if more.isEmpty { throw Failure.ended(before: String(decoding: bytes, as: UTF8.self)) }
            bytes += more
        }
        return bytes
    }

    /// Asks and reads one answer.
    func ask(_ text: String) async throws -> RawAnswer {
        try await send(text)
        return try await answer(toHead: text.hasPrefix("HEAD"))
    }

    func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Shuts down both directions, which also ends calls that wait.
    func leave() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Closes with a reset.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Foundation.linger>.size))
        // The descriptor itself is closed when the client goes; replacing what it names closes the socket now.
        let other = socket(AF_UNIX, Self.kind, 0)
        dup2(other, descriptor)
        close(other)
    }
}

/// An answer as it came over the wire.
struct RawAnswer {
    let status: Int
    let statusLine: String
    let fields: [(name: String, value: String)]
    var body: [UInt8] = []

    init(head: String) {
        let lines = head.components(separatedBy: "\r\n")
        statusLine = lines.first ?? ""
        let words = statusLine.split(separator: " ")
        status = words.count > 1 ? Int(words[1]) ?? 0 : 0
        fields = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (
                line[..<colon].lowercased(),
                line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            )
        }
    }

    subscript(_ name: String) -> String? {
        let values = fields.filter { $0.name == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    var text: String { String(decoding: body, as: UTF8.self) }
}
