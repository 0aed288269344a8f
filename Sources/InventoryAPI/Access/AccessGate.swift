import ClusterLinks
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
    /// Where refusals are counted.
    let attempts: FailedAttempts
    let time: any TimeSource

    /// - Returns: who is asking.
    @discardableResult
    func admit(_ request: Request) throws -> Principal {
        try checkHost(request)
        let principal = try demand(role, of: request)
        if !Self.isReading(request) { try checkWrite(request) }
        return principal
    }

    /// The same for a request that no route answers, so that nothing can come of it, whatever its method.
    func admitUnmatched(_ request: Request) throws {
        try checkHost(request)
        _ = try demand(role, of: request)
    }

    /// Whether the request changes nothing, so that nobody need know whose it is.
    static func isReading(_ request: Request) -> Bool { request.method == .get || request.method == .head }

    private func demand(_ required: Role, of request: Request) throws -> Principal {
        guard let principal = try principal(of: request) else {
            try refuse(
                request,
                .missingToken,
                .unauthenticated(
                    reason:
                        "this takes the role \(required.rawValue): send Authorization: Bearer with a token of auth.tokens"
                )
            )
        }
        guard principal.role >= required else {
            try refuse(
                request,
                .insufficientRole,
                .forbidden(
                    role: required.rawValue,
                    remedy: policy.tokens.isEmpty
                        ? "name a token of that role under auth.tokens"
                        : "the token given has the role \(principal.role.rawValue)"
                )
            )
        }
        return principal
    }

    /// Counts a refusal and throws its answer, which may be another one for who tries too often.
    private func refuse(_ request: Request, _ reason: FailedAttempts.Reason, _ problem: APIProblem) throws -> Never {
        let isWrite = !Self.isReading(request)
        switch attempts.note(reason, from: request.peer, isWrite: isWrite, at: time.now()) {
        case .now: throw problem
        case .after(let delay): throw KeptBack(original: problem, delay: delay)
        case .tooMany(let span): throw APIProblem.tooManyAttempts(retryAfter: span)
        }
    }

    private func principal(of request: Request) throws -> Principal? {
        let peer = request.peer
        let anonymous = policy.allowsAnonymousReading ? Principal(role: .read, peer: peer) : nil
        guard policy.tokens.isEmpty else {
            switch Credential(of: request) {
            case .none: return anonymous
            case .malformed:
                try refuse(
                    request,
                    .malformedCredentials,
                    .unauthenticated(reason: "Authorization holds no token: send Bearer, or Basic with it as password")
                )
            case .secret(let secret):
                guard let key = policy.key(of: secret) else {
                    try refuse(
                        request,
                        .wrongToken,
                        .unauthenticated(reason: "the token given is none of auth.tokens")
                    )
                }
                return Principal(role: key.role, token: key.name, peer: peer)
            }
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

    private func checkHost(_ request: Request) throws {
        guard policy.allowedHosts.isEmpty else {
            let authority = (request.authority ?? "").lowercased()
            guard policy.allowedHosts.contains(Self.host(of: authority)) || policy.allowedHosts.contains(authority)
            else { throw APIProblem.wrongHost(host: authority) }
            return
        }
        // Browsers always name a host, and a unix socket is nothing that they could be led to.
        guard policy.demandsLocalHost, case .ip = request.peer, request.peer.isLoopback,
            let authority = request.authority, !Self.isAddress(Self.host(of: authority))
        else { return }
        guard isOwnName(Self.host(of: authority.lowercased())) else { throw APIProblem.wrongHost(host: authority) }
    }

    private static func host(of authority: String) -> String {
        if authority.hasPrefix("[") { return String(authority.prefix { $0 != "]" }) + "]" }
        return String(authority.prefix { $0 != ":" })
    }

    /// Another site's page can make a browser send a request, but neither with this type nor without its origin.
    private func checkWrite(_ request: Request) throws {
        if let origin = request[.origin], !policy.trustedOrigins.contains(origin), !isOwn(origin, request) {
            try refuse(request, .foreignOrigin, .foreignOrigin(origin: origin))
        }
        // No page can send a DELETE to another origin without having asked before, and clients of Kafka REST send it without a
        // body and so without its type.
        if request.method == .delete, APIRoute.isConfluent(request.routeTemplate) { return }
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
        return !policy.tokens.isEmpty || Self.isAddress(host) || isOwnName(host)
    }

    private func isOwnName(_ host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == policy.publicHost
            || policy.allowedHosts.contains(host)
    }

    private static func isAddress(_ host: String) -> Bool {
        host.utf8.first == UInt8(ascii: "[")
            || host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

/// A refusal whose answer is kept back for a while.
private struct KeptBack: ProblemError {
    let original: APIProblem
    let delay: Duration

    var problem: Problem {
        var problem = original.problem
        problem.delay = delay
        return problem
    }
}
