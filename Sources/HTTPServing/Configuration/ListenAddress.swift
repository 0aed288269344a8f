/// An address a server is told to listen on.
package enum ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// A host name or numeric address without brackets, and a port; an empty host is every interface, port 0 one of the system's choice.
    case ip(host: String, port: UInt16)
    /// A socket in the file system with the permission bits it is given before anyone can connect.
    case unix(path: String, mode: UInt16)

    /// The permission bits of a unix socket whose configuration names none: owner and group.
    package static let defaultMode: UInt16 = 0o660

    /// Reads `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`, `:8080` or `unix:/path`.
    package init(parsing text: String) throws(ListenAddressError) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard !path.isEmpty else { throw .missingPath(text) }
            self = .unix(path: path, mode: Self.defaultMode)
            return
        }
        guard let colon = text.lastIndex(of: ":") else { throw .missingPort(text) }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy(Octet.isDigit), let port = UInt16(digits) else {
            throw .badPort(text)
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { throw .badHost(text) }
        } else if host.contains(":") {
            throw .unbracketedIPv6(text)
        }
        guard host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") })
        else { throw .badHost(text) }
        self = .ip(host: String(host), port: port)
    }

    package var description: String {
        switch self {
        case .ip(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path, _): "unix:\(path)"
        }
    }
}
