extension Configuration {
    /// As whom a cluster is asked or a receiver told.
    package enum Authentication: Sendable, Equatable {
        case none
        /// An API key and its secret (RFC 7617).
        case basic(username: String, password: Secret)
        /// A token (RFC 6750), with Confluent's `Confluent-Identity-Pool-Id` where there is one.
        case bearer(token: Secret, identityPool: String?)
    }
}

extension Configuration.Authentication {
    /// - Parameter knowsIdentityPools: whether `bearer` may name one.
    init(reading section: Section?, knowsIdentityPools: Bool) {
        self = .none
        guard let section else { return }
        let basic = section["basic"]
        let bearer = section["bearer"]
        if let basic, let bearer {
            let later = max(basic.node.position, bearer.node.position) == basic.node.position ? basic : bearer
            later.refuse("basic and bearer contradict each other; give one of the two")
        }
        let readings = [Self.basic(basic?.section()), Self.bearer(bearer?.section(), knowsIdentityPools)]
        section.close()
        self = readings.compactMap { $0 }.first ?? .none
    }

    private static func basic(_ section: Section?) -> Self? {
        guard let section else { return nil }
        let username = section.required("username")?.username()
        let password = section.secret("password", required: true)
        section.close()
        guard let username, let password else { return nil }
        return .basic(username: username, password: password)
    }

    private static func bearer(_ section: Section?, _ knowsIdentityPools: Bool) -> Self? {
        guard let section else { return nil }
        let token = section.secret("token", required: true)
        let pool = knowsIdentityPools ? section["identity_pool"]?.word() : nil
        section.close()
        return token.map { .bearer(token: $0, identityPool: pool) }
    }
}

extension Setting {
    /// RFC 7617 §2: the first colon ends the user name.
    fileprivate func username() -> String? {
        guard let name = word() else { return nil }
        guard !name.contains(":") else {
            refuse("must not hold a colon")
            return nil
        }
        return name
    }
}
