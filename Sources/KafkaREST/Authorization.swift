import Foundation

/// The headers that credentials become for one request, and the secrets in them.
struct Authorization: Sendable {
    let headers: [Header]
    let secrets: Redaction

    init(_ credentials: Credentials) async throws(PollFailure) {
        switch credentials {
        case .none:
            headers = []
            secrets = .nothing
        case .basic(let username, let password):
            let password = try await Self.read("password", from: password)
            // RFC 7617 §2: the first colon ends the user name.
            guard !username.contains(":") else { throw Self.unusable("user name has a colon in it") }
            guard !username.hasControlCharacter else { throw Self.unusable("user name has a control character in it") }
            guard !password.hasControlCharacter else { throw Self.unusable("password has a control character in it") }
            let pair = Data("\(username):\(password)".utf8).base64EncodedString()
            headers = [Header("Authorization", "Basic \(pair)")]
            secrets = Redaction([password, pair])
        case .bearer(let token, let identityPool):
            let token = try await Self.read("token", from: token)
            guard token.isVisibleASCII else { throw Self.unusable("token has a character that no header can carry") }
            guard identityPool?.isVisibleASCII != false else {
                throw Self.unusable("identity pool has a character that no header can carry")
            }
            headers =
                [Header("Authorization", "Bearer \(token)")]
                + (identityPool.map { [Header("Confluent-Identity-Pool-Id", $0)] } ?? [])
            secrets = Redaction([token])
        }
    }

    private static func read(_ name: String, from source: SecretSource) async throws(PollFailure) -> String {
        let secret: String
        do {
            secret = try await source()
        } catch is CancellationError {
            throw .cancelled()
        } catch {
            throw PollFailure(.credentials, message: "the \(name) could not be read: \(error)")
        }
        let line = secret.last?.isNewline == true ? String(secret.dropLast()) : secret
        guard !line.isEmpty else { throw unusable("\(name) is empty") }
        return line
    }

    private static func unusable(_ fault: String) -> PollFailure { PollFailure(.credentials, message: "the \(fault)") }
}

extension Authorization: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "\(headers)" }

    var debugDescription: String { description }

    var customMirror: Mirror { Mirror(self, children: ["headers": headers], displayStyle: .struct) }
}

extension String {
    fileprivate var hasControlCharacter: Bool { utf8.contains { $0 < 0x20 || $0 == 0x7F } }

    fileprivate var isVisibleASCII: Bool { !isEmpty && utf8.allSatisfy { 0x21...0x7E ~= $0 } }
}
