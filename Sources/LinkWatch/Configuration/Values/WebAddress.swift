extension Configuration {
    /// An absolute URL (RFC 3986) without user information and fragment.
    ///
    /// It describes itself by its origin: the path of a chat service's webhook is a secret.
    package struct WebAddress: Sendable, Hashable {
        /// In lower case.
        package let scheme: String
        /// Without the brackets of an IPv6 address.
        package let host: String
        /// Nil for the scheme's own.
        package let port: UInt16?
        /// As written, without slashes at its end unless they were asked for; empty where there is none.
        package let path: String
        /// As written, without the question mark.
        package let query: String?

        /// Scheme, host and port.
        package var origin: String {
            let host = host.contains(":") ? "[\(host)]" : host
            return "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "")
        }

        /// The origin as browsers write it: without the scheme's own port (RFC 6454 §6.2).
        var originOfPages: String {
            guard port == (scheme == "https" ? 443 : 80) else { return origin }
            return Self(scheme: scheme, host: host, port: nil, path: "", query: nil).origin
        }

        /// All of it, for the client that asks it, not for logs.
        package var text: String {
            origin + path + (query.map { "?\($0)" } ?? "")
        }

        /// Whether it is this machine that is asked.
        package var isLoopback: Bool { HostName.isLoopback(host) }
    }
}

extension Configuration.WebAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { origin }
    package var debugDescription: String { origin }
    package var customMirror: Mirror { Mirror(self, children: ["origin": origin]) }
}

extension Configuration.WebAddress {
    /// Which parts an address may have besides scheme, host and port.
    struct Parts: OptionSet {
        let rawValue: Int

        static let path = Parts(rawValue: 1)
        static let query = Parts(rawValue: 2)
        /// The slash at the end of the path, for an address that nothing is added to: without it, it is another one.
        static let lastSlash = Parts(rawValue: 4)
    }

    init(parsing text: String, schemes: [String] = ["http", "https"], parts: Parts = []) throws(Refusal) {
        // What stands before an @ may be a password, so nothing of such an address is repeated.
        guard !text.contains("@") || text.wholeMatch(of: #/[^@?]*://[^/@?#]*[/?][^#]*/#) != nil else {
            throw Refusal("must not hold a user name or password", quotes: false)
        }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !text.contains(where: { "\"<>\\^`{|}".contains($0) })
        else { throw Refusal("holds a character that no URL has", quotes: false) }
        guard let separator = text.firstRange(of: "://") else {
            throw Refusal("needs a scheme, as in \(schemes.last ?? "https")://\(Self.example)")
        }
        scheme = text[..<separator.lowerBound].lowercased()
        guard schemes.contains(scheme) else {
            throw Refusal("has a scheme that is not \(schemes.joined(separator: ", "))")
        }
        let rest = text[separator.upperBound...]
        guard !rest.contains("#") else { throw Refusal("must not have a fragment (#…)", quotes: false) }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let address = try HostAndPort(parsing: String(authority))
        guard !address.host.isEmpty else { throw Refusal("lacks a host") }
        guard HostName.isValid(address.host) else { throw Refusal("has a host that is no name and no address") }
        guard address.port != 0 else { throw Refusal("needs a port from 1 to 65535 after the colon") }
        host = address.host.lowercased()
        port = address.port

        let path = rest[authority.endIndex...].prefix { $0 != "?" }
        let trimmed = String(path.reversed().drop { $0 == "/" }.reversed())
        self.path = parts.contains(.lastSlash) && !trimmed.isEmpty ? String(path) : trimmed
        guard parts.contains(.path) || trimmed.isEmpty else { throw Refusal("must not have a path", quotes: false) }
        query = path.endIndex < rest.endIndex ? String(rest[path.endIndex...].dropFirst()) : nil
        guard parts.contains(.query) || query == nil else { throw Refusal("must not have a query (?…)", quotes: false) }
    }

    func withPath(_ path: String) -> Self {
        Self(scheme: scheme, host: host, port: port, path: path, query: query)
    }

    private static let example = "host.example.org"
}
