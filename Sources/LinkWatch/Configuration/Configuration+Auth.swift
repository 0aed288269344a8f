extension Configuration {
    /// Who may ask linkwatch, and for what.
    package struct Auth: Sendable, Equatable {
        /// Names and values unique.
        package var tokens: [Token] = []
        /// What a request without a token may do where it otherwise could do nothing.
        package var anonymous = Anonymous.none

        package init() {}
    }
}

extension Configuration.Auth {
    /// One who is known, by a name for logs and the audit.
    package struct Token: Sendable, Equatable {
        package var name: String
        package var role: Role
        package var token: Secret

        package init(name: String, role: Role, token: Secret) {
            self.name = name
            self.role = role
            self.token = token
        }
    }

    /// From least to most; each may do what those before it may.
    package enum Role: String, Sendable, CaseIterable, Comparable {
        case read
        case operate
        case admin

        package static func < (lhs: Self, rhs: Self) -> Bool {
            (allCases.firstIndex(of: lhs) ?? 0) < (allCases.firstIndex(of: rhs) ?? 0)
        }
    }

    /// More than reading always takes a token.
    package enum Anonymous: String, Sendable, CaseIterable {
        case none
        case read
    }

    init(reading section: Section?) {
        self.init()
        guard let section else { return }
        if let anonymous = section["anonymous"]?.choice(of: Anonymous.self) { self.anonymous = anonymous }
        var names: [String: SettingPath] = [:]
        var values: [String: String] = [:]
        for item in section.sections("tokens") {
            guard let token = Token(reading: item) else { continue }
            if let first = names.updateValue(item.path, forKey: token.name) {
                item["name"]?.refuse("is also the name of \(first)")
            }
            // The value was read without a problem a moment ago, so nothing is lost where it is gone by now.
            guard let value = try? token.token.reveal() else { continue }
            if let first = values.updateValue(token.name, forKey: value) {
                item.refuse("has the same value as the token \(first)", "token")
            }
            if value.utf8.count < Token.shortestSafe {
                item.reading.warn(
                    "is shorter than \(Token.shortestSafe) bytes; `openssl rand -hex 32` makes one that cannot be guessed",
                    at: item.position,
                    item.path.key("token")
                )
            }
            tokens.append(token)
        }
        section.close()
    }
}

extension Configuration.Auth.Token {
    /// 128 bits in base64url, less a little (RFC 6750 §5.2: tokens must not be guessable).
    fileprivate static let shortestSafe = 20

    fileprivate init?(reading section: Section) {
        let name = section.required("name")?.word()
        let role = section.required("role")?.choice(of: Configuration.Auth.Role.self)
        let token = section.secret("token", required: true)
        section.close()
        guard let name, let role, let token else { return nil }
        self.init(name: name, role: role, token: token)
    }
}
