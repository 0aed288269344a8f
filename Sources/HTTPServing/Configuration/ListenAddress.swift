/// An address a server is told to listen on.
package enum ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// A host name or numeric address without brackets, and a port; an empty host is every interface, port 0 one of the system's choice.
    case ip(host: String, port: UInt16)
    /// A socket in the file system.
    case unix(path: String)
    /// The sockets that the service manager hands over under a name, its `FileDescriptorName`, or all that it hands over
    /// (systemd.socket(5)).
    case systemd(name: String?)

    /// Reads `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`, `:8080`, `unix:/path`, `systemd` or `systemd:NAME`.
    package init(parsing text: String) throws(ListenAddressError) {
        if text == "systemd" {
            self = .systemd(name: nil)
            return
        }
        if text.hasPrefix("systemd:") {
            let name = text.dropFirst("systemd:".count)
            guard (1...255).contains(name.utf8.count),
                name.utf8.allSatisfy({ $0 > 0x1F && $0 < 0x7F && $0 != Octet.colon })
            else { throw .badName(text) }
            self = .systemd(name: String(name))
            return
        }
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard !path.isEmpty else { throw .missingPath(text) }
            self = .unix(path: path)
            return
        }
        guard !text.hasSuffix("]"), let colon = text.lastIndex(of: ":") else { throw .missingPort(text) }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { throw .badHost(text) }
        } else if host.contains(":") {
            throw .unbracketedIPv6(text)
        }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy(Octet.isDigit), let port = UInt16(digits) else {
            throw .badPort(text)
        }
        guard host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") })
        else { throw .badHost(text) }
        self = .ip(host: String(host), port: port)
    }

    /// As `init(parsing:)` reads it.
    package var description: String {
        switch self {
        case .ip(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        case .systemd(let name): name.map { "systemd:\($0)" } ?? "systemd"
        }
    }
}
