import Foundation

/// What a cluster demands of whoever asks; a cluster without one answers everybody.
package enum SimulatedCredential: Sendable, Equatable {
    /// An API key and its secret (RFC 7617).
    case basic(username: String, password: String)
    /// A token (RFC 6750) and, where given, the value of `Confluent-Identity-Pool-Id`.
    case bearer(token: String, identityPool: String?)

    /// Whether a request with these two fields is let in.
    ///
    /// The scheme's name is compared without case (RFC 9110 §11.1).
    package func admits(authorization: String?, identityPool given: String?) -> Bool {
        guard let authorization, let space = authorization.firstIndex(of: " ") else { return false }
        let scheme = authorization[..<space].lowercased()
        let parameter = String(authorization[authorization.index(after: space)...])
        switch self {
        case .basic(let username, let password):
            return scheme == "basic" && parameter == Data("\(username):\(password)".utf8).base64EncodedString()
        case .bearer(let token, let pool):
            return scheme == "bearer" && parameter == token && (pool == nil || pool == given)
        }
    }
}
