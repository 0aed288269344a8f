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

    /// Where they came from, for the audit: an address without its port, or `unix`.
    package var origin: String {
        switch peer {
        case .unix: "unix"
        case .ip(let host, _): host
        }
    }

    /// As the audit names them: by the token, else by the way they came.
    package var actor: String {
        if let token { return token }
        return peer == .unix ? "unix" : peer.isLoopback ? "loopback" : "anonymous"
    }
}
