extension Configuration {
    /// As whom, trusting whom and through what an address is asked: `auth`, `tls` and `proxy` of a cluster or a receiver.
    package struct Access: Sendable, Equatable {
        package var authentication = Authentication.none
        package var tls = TLS()
        /// Nil leaves it to the environment's proxies.
        package var proxy: WebAddress?

        package init() {}
    }
}

extension Configuration.Access {
    /// Takes its keys from a section where others may stand beside them.
    /// - Parameter knowsIdentityPools: whether Confluent is at the other end.
    init(reading section: Section, knowsIdentityPools: Bool = false) {
        self.init()
        authentication = Configuration.Authentication(
            reading: section["auth"]?.section(),
            knowsIdentityPools: knowsIdentityPools
        )
        tls = Configuration.TLS(reading: section["tls"]?.section())
        proxy = section["proxy"]?.parsed { text throws(Refusal) in
            guard !text.contains("@") else {
                throw Refusal(
                    "must not hold a password; give it in the environment's https_proxy instead",
                    quotes: false
                )
            }
            return try Configuration.WebAddress(parsing: text, schemes: ["socks5", "socks5h", "https", "http"])
        }
    }

    /// Says what is doubtful about going to an address with it.
    /// - Parameters:
    ///   - setting: where the address stands, in `section` like the rest.
    ///   - saysSecret: whether a secret goes out besides these.
    func warn(
        about address: Configuration.WebAddress,
        at setting: Setting,
        in section: Section,
        saysSecret: Bool = false
    ) {
        guard address.scheme == "http" else { return }
        if authentication != .none || saysSecret, !address.isLoopback {
            setting.warn("credentials travel unencrypted over http; use https")
        }
        if tls != Configuration.TLS() { section["tls"]?.warn("has no effect over http; use https") }
    }
}

extension Configuration.WebAddress {
    /// An address with `auth` beside it, where a user name or password belongs.
    init(authenticated text: String, parts: Parts) throws(Refusal) {
        do throws(Refusal) {
            try self.init(parsing: text, parts: parts)
        } catch {
            guard error.sentence.contains("user name") else { throw error }
            throw Refusal("\(error.sentence); use auth.basic", quotes: false)
        }
    }
}
