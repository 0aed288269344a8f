import HTTPServing
import InventoryAPI

/// What the configuration says to the server and to the gates of its routes.
extension Configuration {
    func serverConfiguration() throws -> HTTPServerConfiguration {
        HTTPServerConfiguration(
            addresses: listen.map { address in
                switch address {
                case .tcp(let host, let port): .ip(host: host ?? "", port: port)
                case .unix(let path): .unix(path: path, mode: http.socketMode)
                }
            },
            limits: HTTPLimits(
                requestLine: http.limits.requestLine,
                headerCount: http.limits.headerCount,
                headerBytes: http.limits.headerBytes,
                body: http.limits.body,
                requestsPerConnection: http.limits.requestsPerConnection,
                connections: http.limits.connections,
                connectionsPerAddress: http.limits.perAddress
            ),
            timeouts: HTTPTimeouts(
                head: http.timeouts.head,
                body: http.timeouts.body,
                idle: http.timeouts.idle,
                write: http.timeouts.write
            )
        )
    }

    var accessPolicy: AccessPolicy {
        AccessPolicy(
            tokens: auth.tokens.map { token in
                AccessPolicy.Token(name: token.name, role: token.role.apiRole) { try token.token.reveal() }
            },
            allowsAnonymousReading: auth.anonymous == .read,
            allowedHosts: http.allowedHosts,
            trustedOrigins: http.corsOrigins
        )
    }
}

extension Configuration.Auth.Role {
    fileprivate var apiRole: Role {
        switch self {
        case .read: .read
        case .operate: .operate
        case .admin: .admin
        }
    }
}
