/// Where a server listens, once the system has chosen what was left open.
package enum BoundAddress: Sendable, Hashable, CustomStringConvertible {
    /// A numeric address and the port in use.
    case ip(host: String, port: UInt16)
    /// A socket in the file system, or with an `@` before its name one of Linux' abstract namespace (unix(7)).
    case unix(path: String)

    /// The port; nil for a unix socket.
    package var port: UInt16? {
        if case .ip(_, let port) = self { port } else { nil }
    }

    /// `http://host:port`, with the loopback address in place of "every interface"; nil for a unix socket.
    package var url: String? {
        guard case .ip(let host, let port) = self else { return nil }
        switch host {
        case "0.0.0.0", "::": return "http://127.0.0.1:\(port)"
        default: return host.contains(":") ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
        }
    }

    /// Whether only processes of this machine can connect: 127.0.0.0/8, ::1 or a unix socket.
    package var isLoopback: Bool {
        switch self {
        case .ip(let host, let port): PeerAddress.ip(host: host, port: port).isLoopback
        case .unix: true
        }
    }

    package var description: String {
        switch self {
        case .ip(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
