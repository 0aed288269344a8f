/// Why a text is no address to listen on.
package enum ListenAddressError: Error, Equatable, CustomStringConvertible {
    /// There is no colon before a port.
    case missingPort(String)
    /// What stands after the last colon is no number from 0 to 65535.
    case badPort(String)
    /// The host has characters no host has.
    case badHost(String)
    /// An IPv6 address stands without brackets.
    case unbracketedIPv6(String)
    /// `unix:` names no path.
    case missingPath(String)

    package var description: String {
        switch self {
        case .missingPort(let text): "listen address \"\(text)\" has no port; write host:port or unix:/path"
        case .badPort(let text): "listen address \"\(text)\" does not end in a port from 0 to 65535"
        case .badHost(let text): "listen address \"\(text)\" has a host that cannot be one"
        case .unbracketedIPv6(let text):
            "listen address \"\(text)\" has an IPv6 address without brackets; write [address]:port"
        case .missingPath(let text): "listen address \"\(text)\" names no path; write unix:/path"
        }
    }
}
