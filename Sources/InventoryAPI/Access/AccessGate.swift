import Foundation
import HTTPServing
import HTTPTypes

/// Lets a request through to its handler, or says why not: role, host, and what keeps other sites' pages from writing.
struct AccessGate: Sendable {
    let policy: AccessPolicy
    /// What the route takes.
    ///
    /// Probes have no gate: they come from machines that know an address and no name, and tell no secret.
    let role: Role

    /// - Returns: who is asking.
    @discardableResult
    func admit(_ request: Request) throws -> Principal {
        if !policy.allowedHosts.isEmpty { try checkHost(request) }
        let principal = try demand(role, of: request)
        if !Self.isReading(request) { try checkWrite(request) }
        return principal
    }

    /// Whether the request changes nothing, so that nobody need know whose it is.
    static func isReading(_ request: Request) -> Bool { request.method == .get || request.method == .head }

    private func demand(_ required: Role, of request: Request) throws -> Principal {
        guard let principal = try principal(of: request) else {
            throw APIProblem.unauthenticated(
                reason:
                    "this takes the role \(required.rawValue): send Authorization: Bearer with a token of auth.tokens"
            )
        }
        guard principal.role >= required else {
            throw APIProblem.forbidden(
                role: required.rawValue,
                remedy: policy.tokens.isEmpty
                    ? "name a token of that role under auth.tokens"
                    : "the token given has the role \(principal.role.rawValue)"
            )
        }
        return principal
    }

    private func principal(of request: Request) throws -> Principal? {
        let peer = request.peer
        let anonymous = policy.allowsAnonymousReading ? Principal(role: .read, peer: peer) : nil
        guard policy.tokens.isEmpty else {
            guard let given = Self.credential(request) else { return anonymous }
            // Every token is looked at: the time taken tells neither which one fitted nor that one did.
            guard let token = policy.tokens.filter({ Self.equal($0, given) }).max(by: { $0.role < $1.role }) else {
                throw APIProblem.unauthenticated(reason: "the token given is none of auth.tokens")
            }
            return Principal(role: token.role, token: token.name, peer: peer)
        }
        switch peer {
        case .unix: return Principal(role: .read, peer: peer)
        case .ip where peer.isLoopback:
            // Where reading is enough nobody looks for what a proxy may have added.
            return Principal(role: role > .read && Self.wasForwarded(request) ? .read : .operate, peer: peer)
        case .ip: return anonymous
        }
    }

    /// A proxy on this machine speaks for whoever is behind it.
    private static func wasForwarded(_ request: Request) -> Bool {
        forwardingFields.contains { request[$0] != nil }
    }

    private static let forwardingFields = [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "X-Forwarded-Server",
    ].compactMap { HTTPField.Name($0) }

    /// The token of `Bearer`, or the password of `Basic` (RFC 6750 §2.1, RFC 7617).
    private static func credential(_ request: Request) -> String? {
        guard let value = request[.authorization], let blank = value.firstIndex(of: " ") else { return nil }
        let rest = value[blank...].drop { $0 == " " }
        switch value[..<blank].lowercased() {
        case "bearer": return String(rest)
        case "basic":
            guard let data = Data(base64Encoded: String(rest)), let pair = String(data: data, encoding: .utf8),
                let colon = pair.firstIndex(of: ":")
            else { return nil }
            return String(pair[pair.index(after: colon)...])
        default: return nil
        }
    }

    /// Compares without telling by its time how much was right.
    private static func equal(_ token: AccessPolicy.Token, _ given: String) -> Bool {
        guard let secret = try? token.secret() else { return false }
        let expected = Array(secret.utf8)
        let given = Array(given.utf8)
        guard !expected.isEmpty else { return false }
        var difference = expected.count ^ given.count
        for (index, byte) in given.enumerated() { difference |= Int(byte ^ expected[index % expected.count]) }
        return difference == 0
    }

    private func checkHost(_ request: Request) throws {
        let authority = request.authority ?? ""
        let host = Self.host(of: authority).lowercased()
        guard policy.allowedHosts.contains(host) || policy.allowedHosts.contains(authority.lowercased()) else {
            throw APIProblem.wrongHost(host: authority)
        }
    }

    private static func host(of authority: String) -> String {
        if authority.hasPrefix("[") { return String(authority.prefix { $0 != "]" }) + "]" }
        return String(authority.prefix { $0 != ":" })
    }

    /// Another site's page can make a browser send a request, but neither with this type nor without its origin.
    private func checkWrite(_ request: Request) throws {
        if let origin = request[.origin], !policy.trustedOrigins.contains(origin), !isOwn(origin, request) {
            throw APIProblem.foreignOrigin(origin: origin)
        }
        let type = request[.contentType]
        guard type?.prefix(while: { $0 != ";" }).trimmingCharacters(in: .whitespaces).lowercased() == "application/json"
        else { throw APIProblem.notJSON(contentType: type) }
    }

    /// Whether a page was loaded from here: its origin is the host that is asked now.
    ///
    /// Where no token tells clients apart that is not enough, because a site can give a name of its own the address of this
    /// machine once its page is loaded (DNS rebinding): there the host must be an address, `localhost`, or an allowed one.
    private func isOwn(_ origin: String, _ request: Request) -> Bool {
        guard let authority = request.authority?.lowercased(), let scheme = origin.range(of: "://"),
            origin[scheme.upperBound...].lowercased() == authority
        else { return false }
        let host = Self.host(of: authority)
        return !policy.tokens.isEmpty || Self.isAddress(host) || policy.allowedHosts.contains(host)
    }

    private static func isAddress(_ host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("[")
            || host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
