import HTTPServing

/// Who asks, as far as it is known: what the audit says of it, and what it may do.
package struct Principal: Caller, Hashable {
    package let role: Role
    /// The name of the token; nil where none was needed.
    package let token: String?
    private let peer: PeerAddress

    init(role: Role, token: String? = nil, peer: PeerAddress) {
        self.role = role
        self.token = token
        self.peer = peer
    }

    /// As the audit names them: by the token, else by the way they came.
    package var actor: String {
        if let token { return token }
        return peer == .unix ? "unix" : peer.isLoopback ? "loopback" : "anonymous"
    }
}
