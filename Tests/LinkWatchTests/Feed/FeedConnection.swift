import Foundation

/// One connection of a consumer of the feed, read line by line as long as nobody wants it to end.
///
/// Blocks the thread that reads, which therefore must be none of the pool's.
final class FeedConnection {
    /// The connection is over, in whatever way.
    struct Ended: Error {}

    private let descriptor: Int32
    private let isWanted: () -> Bool
    private var received: [UInt8] = []
    private var start = 0
    private var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    private(set) var status = 0
    private(set) var fields: [String: String] = [:]
    /// What is left of the current chunk; nil where the body is not chunked.
    private var chunk: Int?
    /// What is left of the body; nil where only its connection ends it.
    private var left: Int?

    /// Sends a question and reads the head of its answer.
    /// - Parameter isWanted: asked again every tenth of a second.
    init(port: UInt16, _ target: String, fields: [String: String] = [:], isWanted: @escaping () -> Bool) throws {
        self.isWanted = isWanted
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 0, tv_usec: 100_000)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let descriptor = descriptor
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw Ended() }
        var head = "GET \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        let request = Array((head + "\r\n").utf8)
        let sent = request.withUnsafeBytes {
            send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent == request.count else { throw Ended() }
        try readHead()
    }

    deinit { close(descriptor) }

    /// The next line of the body without its end; nil after the last.
    func line() throws -> String? {
        var line: [UInt8] = []
        while let byte = try byte() {
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }

    func body() throws -> [UInt8] {
        var body: [UInt8] = []
        while let byte = try byte() { body.append(byte) }
        return body
    }

    private func readHead() throws {
        let parts = try rawLine().split(separator: " ")
        guard parts.count > 1, let status = Int(parts[1]) else { throw Ended() }
        self.status = status
        while true {
            let line = try rawLine()
            guard let colon = line.firstIndex(of: ":") else { break }
            fields[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        if fields["transfer-encoding"] == "chunked" { chunk = 0 }
        left = fields["content-length"].flatMap(Int.init)
    }

    /// A byte of the body; nil at its end.
    private func byte() throws -> UInt8? {
        if let left {
            guard left > 0 else { return nil }
            self.left = left - 1
            return try rawByte()
        }
        guard let size = chunk else { return try rawByte() }
        if size == 0 {
            var line = try rawLine()
            // The line break behind the chunk before.
            if line.isEmpty { line = try rawLine() }
            guard let next = Int(line.prefix { $0 != ";" }, radix: 16) else { throw Ended() }
            guard next > 0 else { return nil }
            chunk = next
        }
        chunk = (chunk ?? 1) - 1
        return try rawByte()
    }

    private func rawLine() throws -> String {
        var line: [UInt8] = []
        while true {
            let byte = try rawByte()
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            if byte != UInt8(ascii: "\r") { line.append(byte) }
        }
    }

    private func rawByte() throws -> UInt8 {
        while start == received.count {
            guard isWanted() else { throw Ended() }
            let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count > 0 {
                received = Array(buffer.prefix(count))
                start = 0
            } else if count == 0 || ![EAGAIN, EINTR].contains(errno) {
                throw Ended()
            }
        }
        defer { start += 1 }
        return received[start]
    }
}
