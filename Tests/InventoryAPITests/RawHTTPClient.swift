import Foundation

/// One request on one connection over a plain socket, which sends targets exactly as they are written.
struct RawHTTPClient: Sendable {
    let port: UInt16
    /// Bounds a test that would otherwise hang; no test waits for it to pass.
    private let patience = 20

    init(port: UInt16) { self.port = port }

    func send(
        _ method: String,
        _ target: String,
        fields: [String: String] = [:],
        body: String = ""
    ) async throws -> Answer {
        var head = "\(method) \(target) HTTP/1.1\r\nConnection: close\r\n"
        if fields["Host"] == nil { head += "Host: 127.0.0.1:\(port)\r\n" }
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if method == "POST" { head += "Content-Length: \(body.utf8.count)\r\n" }
        let bytes = Array((head + "\r\n" + body).utf8)
        return try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: blocking calls would take the workers on which the server's queues run.
            Thread.detachNewThread { continuation.resume(with: Result { try exchange(bytes) }) }
        }
    }

    /// Sends a request and leaves the answer to whoever takes the descriptor.
    /// - Parameter receiveBuffer: how many bytes the kernel takes that nobody reads.
    func connect(_ target: String, fields: [String: String] = [:], receiveBuffer: Int32? = nil) throws -> Int32 {
        var head = "GET \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        return try connect(sending: Array((head + "\r\n").utf8), receiveBuffer: receiveBuffer)
    }

    private func connect(sending request: [UInt8], receiveBuffer: Int32? = nil) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXError(.EIO) }
        var limit = timeval(tv_sec: patience, tv_usec: 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0,
            request.withUnsafeBytes({ Foundation.send(descriptor, $0.baseAddress, $0.count, 0) }) == request.count
        else {
            close(descriptor)
            throw POSIXError(.ECONNREFUSED)
        }
        return descriptor
    }

    private func exchange(_ request: [UInt8]) throws -> Answer {
        let descriptor = try connect(sending: request)
        defer { close(descriptor) }
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count > 0 {
                received += buffer.prefix(count)
            } else if count == 0 {
                return try Self.parse(received)
            } else if errno != EINTR {
                throw POSIXError(.ETIMEDOUT)
            }
        }
    }

    static func parse(_ received: [UInt8]) throws -> Answer {
        guard let end = Data(received).range(of: Data("\r\n\r\n".utf8)) else { throw POSIXError(.EBADMSG) }
        let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw POSIXError(.EBADMSG)
        }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            fields[line[..<colon].lowercased()] = value
        }
        return Answer(status: status, fields: fields, body: Array(received[end.upperBound...]))
    }
}
