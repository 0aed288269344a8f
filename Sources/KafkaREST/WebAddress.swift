/// An absolute `http` or `https` address, cut into the parts that decide who is asked (RFC 3986 §3).
struct WebAddress: Sendable, Hashable {
    /// Who answers for an address, and so who may see what is sent there (RFC 6454 §4).
    struct Origin: Sendable, Hashable {
        let scheme: String
        let host: String
        let port: Int
    }

    let origin: Origin
    /// Empty or with a slash in front; percent-encoded as it came.
    let path: String
    let query: String?

    init(parsing text: String) throws(AddressError) {
        guard text.utf8.allSatisfy(\.isURICharacter) else { throw .illegalCharacter }
        guard !text.contains("#") else { throw .fragment }
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { throw .notHTTP }
        let scheme = text[..<colon].lowercased()
        guard scheme == "http" || scheme == "https" else { throw .notHTTP }
        let rest = text[text.index(colon, offsetBy: 3)...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        origin = try Self.origin(scheme: scheme, authority: authority)
        (path, query) = Self.split(rest[authority.endIndex...])
    }

    private init(origin: Origin, path: String, query: String?) {
        self.origin = origin
        self.path = path
        self.query = query
    }

    /// The address as it is sent, the port left out where it is the scheme's own.
    var text: String { originText + path + (query.map { "?\($0)" } ?? "") }

    private var originText: String {
        let port = origin.port == Self.defaultPort(of: origin.scheme) ? "" : ":\(origin.port)"
        return "\(origin.scheme)://\(origin.host)\(port)"
    }

    func with(path: String) -> WebAddress { WebAddress(origin: origin, path: path, query: nil) }

    /// Follows a reference found at this address (RFC 3986 §5.2); its fragment is dropped, dot segments stay as they are.
    func resolving(_ reference: String) throws(AddressError) -> WebAddress {
        guard reference.utf8.allSatisfy(\.isURICharacter) else { throw .illegalCharacter }
        let reference = reference.prefix { $0 != "#" }
        if reference.prefix(while: { !"/?".contains($0) }).contains(":") {
            return try WebAddress(parsing: String(reference))
        }
        if reference.hasPrefix("//") { return try WebAddress(parsing: "\(origin.scheme):\(reference)") }
        if reference.hasPrefix("/") { return with(Self.split(reference)) }
        if reference.hasPrefix("?") { return with((path, String(reference.dropFirst()))) }
        guard !reference.isEmpty else { return self }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return with(Self.split(folder + reference))
    }

    private func with(_ parts: (path: String, query: String?)) -> WebAddress {
        WebAddress(origin: origin, path: parts.path, query: parts.query)
    }

    private static func split(_ text: Substring) -> (path: String, query: String?) {
        guard let mark = text.firstIndex(of: "?") else { return (String(text), nil) }
        return (String(text[..<mark]), String(text[text.index(after: mark)...]))
    }

    private static func origin(scheme: String, authority: Substring) throws(AddressError) -> Origin {
        guard !authority.contains("@") else { throw .userInfo }
        let hostEnd = authority.lastIndex(of: "]").map { authority.index(after: $0) } ?? authority.startIndex
        let colon = authority[hostEnd...].firstIndex(of: ":") ?? authority.endIndex
        let host = authority[..<colon].lowercased()
        guard isHost(host) else { throw .host }
        let digits = authority[colon...].dropFirst()
        guard !digits.isEmpty else { return Origin(scheme: scheme, host: host, port: defaultPort(of: scheme)) }
        guard digits.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }), let port = Int(digits), 1...65535 ~= port else {
            throw .port
        }
        return Origin(scheme: scheme, host: host, port: port)
    }

    /// A name, an IPv4 address or an IPv6 address in its brackets; percent-encoding in names is not for DNS.
    private static func isHost(_ host: String) -> Bool {
        if host.hasPrefix("["), host.hasSuffix("]") {
            let inner = host.dropFirst().dropLast()
            return inner.contains(":") && inner.utf8.allSatisfy { $0.isHexDigit || $0 == 0x3A || $0 == 0x2E }
        }
        return !host.isEmpty && host.utf8.allSatisfy { $0.isUnreserved }
    }

    private static func defaultPort(of scheme: String) -> Int { scheme == "https" ? 443 : 80 }
}
