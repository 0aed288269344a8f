package import HTTPServing
import HTTPTypes
import Locking

/// Who may do what, as the configuration says.
///
/// A class, because every request asks for the one in force, and because the tokens' files change while it is.
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

    private struct Reading {
        var keys: TokenKeys
        /// Whether it was told which of the tokens are none.
        var wasTold = false
    }

    let tokens: [Token]
    /// Whether everyone may read.
    let allowsAnonymousReading: Bool
    /// The hosts that may be asked for; empty admits all that `demandsLocalHost` does.
    let allowedHosts: Set<String>
    /// The name under which people are told to reach the service; nil where none is known.
    let publicHost: String?
    /// Origins whose pages may write, besides the service's own.
    let trustedOrigins: Set<String>
    /// Whether the role admin may create and delete links.
    let allowsManagement: Bool
    /// What those pages may read; nil where there are none.
    package let crossOrigin: CrossOrigin?
    private let reading: Locked<Reading>

    /// Reads the tokens, so it blocks for as long as the file system does.
    package init(
        tokens: [Token] = [],
        allowsAnonymousReading: Bool = false,
        allowedHosts: [String] = [],
        publicHost: String? = nil,
        trustedOrigins: [String] = [],
        allowsManagement: Bool = false
    ) {
        self.tokens = tokens
        self.allowsAnonymousReading = allowsAnonymousReading
        self.allowedHosts = Set(allowedHosts.map { $0.lowercased() })
        self.publicHost = publicHost?.lowercased()
        self.trustedOrigins = Set(trustedOrigins)
        self.allowsManagement = allowsManagement
        crossOrigin =
            trustedOrigins.isEmpty
            ? nil
            : CrossOrigin(
                origins: trustedOrigins,
                requestFields: Self.requestFields,
                exposedFields: Self.exposedFields
            )
        reading = Locked(Reading(keys: TokenKeys(tokens)))
    }

    /// Reads the tokens again, as far as their files changed; what is read now holds from now on.
    ///
    /// Requests never wait for it. It blocks for as long as the file system does, and is meant to be called every second.
    /// - Returns: what was not told by an earlier call.
    package func refresh() -> [TokenChange] {
        guard !tokens.isEmpty else { return [] }
        let keys = TokenKeys(tokens)
        return reading.withLock { reading in
            defer { reading = Reading(keys: keys, wasTold: true) }
            return keys.changes(since: reading.keys, wasTold: reading.wasTold, of: tokens)
        }
    }

    /// The token whose secret a request bears.
    func key(of secret: [UInt8]) -> TokenKeys.Key? { reading.withLock(\.keys).key(of: secret) }

    /// Whether clients are told apart by the way they come alone, so that a page on a name that was given the address of this
    /// machine would pass for one of its users (DNS rebinding).
    var demandsLocalHost: Bool { tokens.isEmpty && !allowsAnonymousReading }

    /// What a page needs to send to ask what it could ask at home, and to read to go on from an answer.
    private static let requestFields = ["Authorization", "Content-Type", "If-None-Match", "Last-Event-ID"]
        .compactMap { HTTPField.Name($0) }
    private static let exposedFields = [
        "Age", "Allow", "Date", "ETag", "Linkwatch-Sequence", "Retry-After", "Via", "WWW-Authenticate",
    ]
    .compactMap { HTTPField.Name($0) }
}
