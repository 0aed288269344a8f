/// Why a text is no address that links can be asked for at; shows nothing of the text, which may hold a password.
package enum AddressError: Error, Hashable, CaseIterable {
    case notHTTP
    case host
    case port
    case userInfo
    case query
    case fragment
    /// Not of RFC 3986 §2; what is not must be percent-encoded.
    case illegalCharacter
    case dotSegment
    case clusterID
}

extension AddressError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notHTTP: "the address does not begin with http:// or https://"
        case .host: "the address has no host name or IP address, or one with other characters than A-Z 0-9 - . _ ~"
        case .port: "the address has a port that is no number from 1 to 65535"
        case .userInfo: "the address has a user name or password in it: give them as basic authentication"
        case .query: "the address has a query: leave out everything from the question mark on"
        case .fragment: "the address has a fragment: leave out everything from the # on"
        case .illegalCharacter: "the address has a character that must be percent-encoded"
        case .dotSegment: "the address has a . or .. in its path: write the path out"
        case .clusterID: "the cluster id is empty or made of dots, so that no path can be built from it"
        }
    }
}
