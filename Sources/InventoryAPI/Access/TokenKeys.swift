import Digests

/// The tokens as they were read last, by the digests of their secrets.
///
/// A token that cannot be read, is empty or has the value of another one lets nobody in: what a file says by mistake must
/// not open anything, and the audit has to know who acts.
struct TokenKeys: Sendable {
    /// A token that lets in.
    struct Key: Sendable {
        let name: String
        let role: Role
        fileprivate let digest: [UInt8]
    }

    private enum State: Equatable {
        case good(digest: [UInt8])
        case bad(why: String)
    }

    private let keys: [Key]
    /// In the order of the tokens.
    private let states: [State]

    /// Reads every token; blocks for as long as their files do.
    init(_ tokens: [AccessPolicy.Token]) {
        var states = tokens.map { token -> State in
            do {
                let secret = try token.secret()
                return secret.isEmpty
                    ? .bad(why: "it is empty") : .good(digest: SHA256.digest(of: Array(secret.utf8)))
            } catch {
                return .bad(why: "\(error)")
            }
        }
        let found = states
        for (index, state) in found.enumerated() {
            guard case .good = state,
                let other = found.indices.first(where: { $0 != index && found[$0] == state })
            else { continue }
            states[index] = .bad(why: "it has the same value as the token \(tokens[other].name)")
        }
        self.states = states
        keys = zip(tokens, states).compactMap { token, state in
            guard case .good(let digest) = state else { return nil }
            return Key(name: token.name, role: token.role, digest: digest)
        }
    }

    /// The token whose secret this is.
    ///
    /// Digests are compared, all of them and whole: the time taken tells neither which one fitted, nor how much of it, nor how
    /// long it is.
    func key(of secret: [UInt8]) -> Key? {
        let digest = SHA256.digest(of: secret)
        var fitting: Key?
        for key in keys where Self.areEqual(key.digest, digest) { fitting = key }
        return fitting
    }

    private static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        var difference: UInt8 = 0
        for index in 0..<SHA256.byteCount { difference |= one[index] ^ other[index] }
        return difference == 0
    }

    /// What is to be told of this reading after an earlier one of the same tokens.
    /// - Parameter wasTold: whether anybody knows which of the tokens were none then.
    func changes(since earlier: TokenKeys, wasTold: Bool, of tokens: [AccessPolicy.Token]) -> [TokenChange] {
        tokens.indices.compactMap { index in
            switch (earlier.states[index], states[index]) {
            case (.bad(let before), .bad(let now)) where wasTold && before == now: nil
            case (_, .bad(let why)): TokenChange(token: tokens[index].name, kind: .unusable(why: why))
            case (.bad, .good): wasTold ? TokenChange(token: tokens[index].name, kind: .usableAgain) : nil
            case (.good(let before), .good(let now)):
                before == now ? nil : TokenChange(token: tokens[index].name, kind: .replaced)
            }
        }
    }
}

/// What came to be of a token while the service runs; it tells no secret.
package struct TokenChange: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// It lets nobody in until what is told here is mended.
        case unusable(why: String)
        case usableAgain
        /// The new value lets in, the old one does not any more.
        case replaced
    }

    /// Its name.
    package let token: String
    package let kind: Kind

    package init(token: String, kind: Kind) {
        self.token = token
        self.kind = kind
    }
}
