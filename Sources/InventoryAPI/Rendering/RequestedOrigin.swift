import HTTPServing
import HTTPTypes

/// The scheme and the host a client asked for: what absolute addresses in an answer begin with.
struct RequestedOrigin: Sendable, CustomStringConvertible {
    let description: String

    /// TLS ends before this service; only a proxy on this machine is believed that it did.
    init(of request: Request) {
        let isSecure = request.peer.isLoopback && Self.forwardedScheme(request) == "https"
        // A `Host` may be empty (RFC 9112 §3.2), an address's host may not (RFC 9110 §4.2.1).
        let authority = request.authority.flatMap { $0.isEmpty ? nil : $0 } ?? "localhost"
        description = (isSecure ? "https://" : "http://") + authority
    }

    /// The scheme that the outermost proxy was asked with: the first of a list (RFC 7239 §4).
    private static func forwardedScheme(_ request: Request) -> String? {
        if let name = forwardedProto, let value = request[name] {
            return value.prefix { $0 != "," }.filter { $0 != " " }.lowercased()
        }
        guard let name = forwarded, let value = request[name] else { return nil }
        let pair = value.prefix { $0 != "," }.lowercased().split(separator: ";")
            .map { $0.filter { $0 != " " && $0 != "\"" } }
            .first { $0.hasPrefix("proto=") }
        return pair.map { String($0.dropFirst("proto=".count)) }
    }

    private static let forwardedProto = HTTPField.Name("X-Forwarded-Proto")
    private static let forwarded = HTTPField.Name("Forwarded")
}
