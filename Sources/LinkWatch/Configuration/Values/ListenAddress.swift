extension Configuration {
    /// Where the HTTP server accepts connections.
    package enum ListenAddress: Sendable, Hashable, CustomStringConvertible {
        /// `host` is nil for all addresses of the machine; port 0 lets the system choose one.
        case tcp(host: String?, port: UInt16)
        /// A socket in the file system.
        case unix(path: String)

        /// Whether only processes of this machine can reach it.
        package var isLoopback: Bool {
            switch self {
            case .tcp(let host?, _): HostName.isLoopback(host)
            case .tcp(nil, _): false
            case .unix: true
            }
        }

        /// As the configuration writes it.
        package var description: String {
            switch self {
            case .tcp(let host?, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
            case .tcp(nil, let port): ":\(port)"
            case .unix(let path): "unix:\(path)"
            }
        }
    }
}

extension Configuration.ListenAddress {
    /// `sun_path` of Linux holds 108 bytes with the closing zero (unix(7)); Darwin's 104.
    private static let maximumPathBytes = 103

    init(parsing text: String) throws(Refusal) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard path.hasPrefix("/") else { throw Refusal("needs an absolute path after unix:") }
            guard path.utf8.count <= Self.maximumPathBytes, !path.utf8.contains(0) else {
                throw Refusal("has a path of more than \(Self.maximumPathBytes) bytes")
            }
            self = .unix(path: path)
            return
        }
        let address = try HostAndPort(parsing: text)
        guard let port = address.port else { throw Refusal("needs a port, as in 127.0.0.1:8080") }
        guard address.host.isEmpty || HostName.isValid(address.host) else {
            throw Refusal("expected host:port, [::1]:port, :port or unix:/path")
        }
        self = .tcp(host: address.host.isEmpty ? nil : address.host, port: port)
    }
}
