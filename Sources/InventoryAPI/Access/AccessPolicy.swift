/// Who may do what, as the configuration says.
///
/// A class, because every request asks for the one in force.
package final class AccessPolicy: Sendable {
    /// A token as it is now: its file may have changed since the start.
    package struct Token: Sendable {
        let name: String
        let role: Role
        let secret: @Sendable () throws -> String

        /// - Parameter secret: reads the token; a failure to read it lets nobody in by it.
        package init(name: String, role: Role, secret: @escaping @Sendable () throws -> String) {
            self.name = name
            self.role = role
            self.secret = secret
        }
    }

    let tokens: [Token]
    /// Whether everyone may read.
    let allowsAnonymousReading: Bool
    /// The hosts that may be asked for; empty admits all.
    let allowedHosts: Set<String>
    /// Origins whose pages may write, besides the service's own.
    let trustedOrigins: Set<String>

    package init(
        tokens: [Token] = [],
        allowsAnonymousReading: Bool = false,
        allowedHosts: [String] = [],
        trustedOrigins: [String] = []
    ) {
        self.tokens = tokens
        self.allowsAnonymousReading = allowsAnonymousReading
        self.allowedHosts = Set(allowedHosts.map { $0.lowercased() })
        self.trustedOrigins = Set(trustedOrigins)
    }
}
