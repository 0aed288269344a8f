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
    /// What stands after `systemd:` is no name that a socket unit can give (systemd.socket(5)).
    case badName(String)

    /// What is wrong, without the text itself: for whoever tells besides where it stands.
    package var sentence: String {
        switch self {
        case .missingPort: "needs a port, as in 127.0.0.1:8080"
        case .badPort: "needs a port from 0 to 65535 after the colon"
        case .badHost: "expected host:port, [::1]:port, :port, unix:/path or systemd"
        case .unbracketedIPv6: "has several colons; put an IPv6 address in brackets, as in [::1]:8080"
        case .missingPath: "needs a path after unix:"
        case .badName: "needs a name of 1 to 255 printable ASCII characters, none of them a colon, after systemd:"
        }
    }

    package var description: String {
        switch self {
        case .missingPort(let text), .badPort(let text), .badHost(let text), .unbracketedIPv6(let text),
            .missingPath(let text), .badName(let text):
            "listen address \"\(text)\": \(sentence)"
        }
    }
}
