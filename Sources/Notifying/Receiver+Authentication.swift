import Foundation

extension Receiver {
    /// As whom linkwatch posts; each secret is read anew for each message.
    package enum Authentication: Sendable {
        case none
        /// RFC 7617, whose §2 allows no colon in a user name.
        case basic(username: String, password: Secret)
        /// RFC 6750 §2.1.
        case bearer(token: Secret)
    }
}

extension Receiver.Authentication {
    /// The value of the field `Authorization`, nil where there is none.
    func authorization() throws(DeliveryFailure) -> String? {
        switch self {
        case .none: return nil
        case .basic(let username, let password):
            return "Basic \(Self.pair(username, try Receiver.reveal(password)))"
        case .bearer(let token):
            let token = try Receiver.reveal(token)
            guard token.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
                throw .secret("the token has a character that no header can carry")
            }
            return "Bearer \(token)"
        }
    }

    /// What an answer must not be repeated for; one that cannot be read was not sent.
    var secrets: [String] {
        switch self {
        case .none: []
        case .basic(let username, let password):
            (try? password()).map { [$0, Self.pair(username, $0)] } ?? []
        case .bearer(let token): (try? token()).map { [$0] } ?? []
        }
    }

    private static func pair(_ username: String, _ password: String) -> String {
        Data("\(username):\(password)".utf8).base64EncodedString()
    }
}

extension Receiver.Authentication: CustomStringConvertible, CustomReflectable {
    package var description: String {
        switch self {
        case .none: "no authentication"
        case .basic: "basic authentication"
        case .bearer: "bearer authentication"
        }
    }

    package var customMirror: Mirror { Mirror(self, children: [], displayStyle: .enum) }
}
