/// Who is at the other end of a connection.
package enum PeerAddress: Sendable, Hashable, CustomStringConvertible {
    /// A numeric address; an IPv4 address seen through an IPv6 socket is told as the IPv4 address it is.
    case ip(host: String, port: UInt16)
    /// A process of this machine through a unix socket.
    case unix

    /// Whether the peer is on this machine: 127.0.0.0/8, ::1 or a unix socket.
    package var isLoopback: Bool {
        switch self {
        // Nearly always one of the first two.
        case .ip("127.0.0.1", _), .ip("::1", _): true
        case .ip(let host, _): host.utf8.starts(with: "127.".utf8) && !host.utf8.contains(Octet.colon)
        case .unix: true
        }
    }

    package var description: String {
        switch self {
        case .ip(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix: "unix"
        }
    }
}
