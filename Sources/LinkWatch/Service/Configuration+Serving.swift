import HTTPServing
import Inventory
import InventoryAPI

/// What the configuration says to the server, to the gates of its routes and to retention.
extension Configuration {
    var serverConfiguration: HTTPServerConfiguration {
        HTTPServerConfiguration(
            addresses: listen,
            unixSocketMode: http.socketMode,
            reach: isOpenToOtherMachines ? .everyone : .thisMachine(remedy: Self.openListenerRemedy),
            limits: http.limits,
            timeouts: http.timeouts
        )
    }

    var retentionPolicy: RetentionPolicy { RetentionPolicy(age: retention.age, size: Int64(retention.size)) }

    var accessPolicy: AccessPolicy {
        AccessPolicy(
            tokens: auth.tokens.map { token in
                AccessPolicy.Token(name: token.name, role: token.role.apiRole) { try token.token.reveal() }
            },
            allowsAnonymousReading: auth.anonymous == .read,
            allowedHosts: http.allowedHosts,
            publicHost: http.publicURL?.host,
            trustedOrigins: http.corsOrigins,
            allowsManagement: management
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
