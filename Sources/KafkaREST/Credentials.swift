/// Reads a password or token anew at each request, so that a file that was replaced counts at once.
///
/// What it throws is shown to people and must hold no secret. One line feed at the end is passed over.
package typealias SecretSource = @Sendable () async throws -> String

/// What a cluster wants to know of who asks; never printed.
package enum Credentials: Sendable {
    case none
    /// RFC 7617; on Confluent Cloud the API key and its secret.
    case basic(username: String, password: SecretSource)
    /// RFC 6750; Confluent Cloud also wants the id of an identity pool, `pool-…`.
    case bearer(token: SecretSource, identityPool: String?)
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        switch self {
        case .none: "no credentials"
        case .basic: "basic credentials"
        case .bearer: "bearer credentials"
        }
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: [:], displayStyle: .enum) }
}
