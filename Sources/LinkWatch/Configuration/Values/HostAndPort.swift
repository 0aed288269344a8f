/// `host:port` with the port optional, as a URL's authority and a listen address write it.
struct HostAndPort: Equatable {
    /// Without brackets; empty where nothing stands before the colon.
    let host: String
    let port: UInt16?

    /// - Throws: where the brackets of an IPv6 address are missing or the port is none.
    init(parsing text: String) throws(Refusal) {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { throw Refusal("lacks the ] of an IPv6 address") }
            host = String(text[text.index(after: text.startIndex)..<end])
            guard HostName.isIPv6(host) else { throw Refusal("has no IPv6 address between the brackets") }
            port = try Self.port(in: text[text.index(after: end)...])
        } else {
            let host = text.prefix { $0 != ":" }
            guard text[host.endIndex...].dropFirst().firstIndex(of: ":") == nil else {
                throw Refusal("has several colons; put an IPv6 address in brackets, as in [::1]:8080")
            }
            self.host = String(host)
            port = try Self.port(in: text[host.endIndex...])
        }
    }

    private static func port(in text: Substring) throws(Refusal) -> UInt16? {
        if text.isEmpty { return nil }
        let digits = text.dropFirst()
        guard text.first == ":", !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
            let port = UInt16(digits)
        else { throw Refusal("needs a port from 0 to 65535 after the colon") }
        return port
    }
}
