import Foundation

extension ListeningSocket {
    /// Takes over a socket that another process bound and listens on.
    ///
    /// The descriptor is this socket's from here on and closed with it; the file of a unix socket stays, since it is not ours
    /// and may already lead to our successor.
    static func adopt(_ socket: HandedOverSockets.Socket) throws(HTTPServerError) -> ListeningSocket {
        let adopted: ListeningSocket
        do throws(HTTPServerError) {
            // Neither of a connection (Accept=yes in the unit) nor of datagrams anything can be accepted.
            guard try option(SO_TYPE, of: socket) == streamType, try option(SO_ACCEPTCONN, of: socket) != 0,
                let address = SocketAddress(boundTo: socket.descriptor)?.bound
            else { throw .notListening(socket.description) }
            adopted = ListeningSocket(socket.descriptor, address)
        } catch {
            Foundation.close(socket.descriptor)
            throw error
        }
        let flags = fcntl(socket.descriptor, F_GETFL)
        guard flags >= 0, fcntl(socket.descriptor, F_SETFL, flags | O_NONBLOCK) == 0 else {
            throw .system(call: "fcntl", subject: socket.description, code: errno)
        }
        return adopted
    }

    #if canImport(Glibc)
    private static let streamType = Int32(SOCK_STREAM.rawValue)
    #else
    private static let streamType = SOCK_STREAM
    #endif

    private static func option(
        _ name: Int32,
        of socket: HandedOverSockets.Socket
    ) throws(HTTPServerError) -> Int32 {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(socket.descriptor, SOL_SOCKET, name, &value, &length) == 0 else {
            if errno == ENOTSOCK { throw .notListening(socket.description) }
            throw .system(call: "getsockopt", subject: socket.description, code: errno)
        }
        return value
    }
}
