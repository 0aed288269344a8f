import Glibc

/// Connections that have each made one request and stay open without another, as browsers and scrapers leave them.
package final class IdleCrowd {
    private let sockets: [LoopbackSocket]

    /// Opens the connections one after the other, so that the listening queue is never full.
    package init(count: Int, port: UInt16, asking request: RequestText) throws {
        let bytes = request.bytes(port: port)
        sockets = try (0..<count).map { _ in
            let socket = try LoopbackSocket(port: port)
            _ = try socket.answer(to: bytes)
            return socket
        }
    }

    /// Says whether the server has kept all of them; else what was measured is not what was meant.
    package func checkOpen() throws(LoadError) {
        var closed = 0
        var byte: UInt8 = 0
        for socket in sockets {
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_PEEK)
            if recv(socket.descriptor, &byte, 1, flags) >= 0 || errno != EAGAIN { closed += 1 }
        }
        guard closed == 0 else { throw .crowdThinned(closed: closed, of: sockets.count) }
    }
}
