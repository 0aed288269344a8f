import Foundation

/// One exchange on one connection over a plain socket, which shows how the connection ended.
struct RawHTTPClient: Sendable {
    /// How the server let go of the connection.
    enum Ending: Sendable, Equatable {
        case closed
        case reset
        /// Neither within the client's patience.
        case silent
    }

    struct Exchange: Sendable {
        /// Nil where no status line came.
        var status: Int?
        /// Names in lower case.
        var fields: [String: String] = [:]
        /// As received, chunks put together.
        var body: [UInt8] = []
        var ending: Ending

        /// Whether as much came as was declared.
        var isComplete: Bool { fields["content-length"].flatMap { Int($0) }.map { $0 == body.count } ?? true }
    }

    let port: UInt16
    /// Bounds a test that would otherwise hang; no test waits for it to pass.
    var patience = 20

    init(base: String) throws {
        guard let port = base.split(separator: ":").last.flatMap({ UInt16($0) }) else { throw POSIXError(.EINVAL) }
        self.port = port
    }

    /// Sends a request that asks for the connection to be closed, and reads until it is.
    func send(
        _ method: String,
        _ target: String,
        fields: [String: String] = [:],
        body: String = ""
    ) async throws -> Exchange {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if !body.isEmpty { head += "Content-Length: \(body.utf8.count)\r\n" }
        let bytes = Array((head + "\r\n" + body).utf8)
        return try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: blocking calls would take the workers on which the server's queues run.
            Thread.detachNewThread {
                continuation.resume(with: Result { try exchange(bytes) })
            }
        }
    }

    private func exchange(_ request: [UInt8]) throws -> Exchange {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXError(.EIO) }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw POSIXError(.ECONNREFUSED) }
        guard request.withUnsafeBytes({ Foundation.send(descriptor, $0.baseAddress, $0.count, 0) }) == request.count
        else { throw POSIXError(.EIO) }

        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count > 0 {
                received += buffer.prefix(count)
            } else if count == 0 {
                return Self.parse(received, ending: .closed)
            } else if errno != EINTR {
                return Self.parse(received, ending: errno == ECONNRESET ? .reset : .silent)
            }
        }
    }

    private static func parse(_ received: [UInt8], ending: Ending) -> Exchange {
        var exchange = Exchange(ending: ending)
        guard let end = Data(received).range(of: Data("\r\n\r\n".utf8)) else { return exchange }
        let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        exchange.status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            exchange.fields[line[..<colon].lowercased()] = value
        }
        exchange.body = Array(received[end.upperBound...])
        if exchange.fields["transfer-encoding"] == "chunked" { exchange.body = joined(chunks: exchange.body) }
        return exchange
    }

    private static func joined(chunks: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        var rest = chunks[...]
        while let end = rest.firstIndex(of: 0x0D),
            let length = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), length > 0
        {
            body += rest.dropFirst(end - rest.startIndex + 2).prefix(length)
            rest = rest.dropFirst(end - rest.startIndex + 2 + length + 2)
        }
        return body
    }
}
