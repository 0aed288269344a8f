import Glibc
package import Measuring

/// A client's TCP connection to a port of 127.0.0.1, closed when it is let go.
///
/// Used by one thread at a time.
package final class LoopbackSocket {
    package let descriptor: Int32

    /// Connects, and waits for that.
    package init(port: UInt16) throws(LoadError) {
        let flags = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_INET, flags, 0)
        guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
        var address = Self.address(port)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw .cannotConnect(port: port, code: errno) }
        var yes: Int32 = 1
        // Failing to send promptly would show in the figures and in nothing else.
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    /// A port that was free a moment ago, for servers that cannot be asked which one the system gave them.
    package static func freePort() throws(LoadError) -> UInt16 {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard listener >= 0 else { throw .system(call: "socket", code: errno) }
        defer { close(listener) }
        var address = address(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 ? getsockname(listener, $0, &length) : -1
            }
        }
        guard result == 0 else { throw .system(call: "bind", code: errno) }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return address
    }

    /// Sends all bytes; the requests made here are small enough for the kernel to take at once.
    package func send(_ bytes: some Collection<UInt8>) throws(LoadError) {
        let bytes = Array(bytes)
        let sent = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        guard sent < 0 else {
            guard sent == bytes.count else { throw .notTaken }
            return
        }
        switch errno {
        case EPIPE, ECONNRESET: throw .closedEarly
        default: throw .system(call: "send", code: errno)
        }
    }

    /// What came of looking for bytes.
    package enum Reception {
        case bytes(Int)
        case nothingYet
        /// The peer sends no more, in order or by a reset.
        case ended
    }

    /// Receives what is there, and waits for something if `waiting`.
    package func receive(into buffer: UnsafeMutableRawBufferPointer, waiting: Bool) throws(LoadError) -> Reception {
        while true {
            let flags = waiting ? 0 : Int32(MSG_DONTWAIT)
            let count = recv(descriptor, buffer.baseAddress, buffer.count, flags)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .ended }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .nothingYet
            case ECONNRESET, EPIPE: return .ended
            default: throw .system(call: "recv", code: errno)
            }
        }
    }

    /// Asks and waits for the whole answer; the connection is kept.
    package func answer(to request: [UInt8]) throws -> Answer {
        try send(request)
        var reader = AnswerReader()
        return try withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
            while true {
                guard case .bytes(let count) = try receive(into: buffer, waiting: true) else {
                    throw LoadError.closedEarly
                }
                if try reader.take(buffer[..<count]), let answer = reader.finish() { return answer }
            }
        }
    }
}
