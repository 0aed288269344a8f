import Foundation
import HTTPServing
import HTTPTypes

/// What a request bears to say who asks: the token of `Bearer`, or the password of `Basic` (RFC 6750 §2.1, RFC 7617 §2).
enum Credential: Equatable {
    /// None of these two.
    case none
    /// It can be no token: not what its scheme says it is.
    case malformed
    case secret([UInt8])

    init(of request: Request) {
        guard let value = request[.authorization] else {
            self = .none
            return
        }
        let bytes = value.utf8
        let scheme = bytes.prefix { $0 != UInt8(ascii: " ") }
        let rest = bytes[scheme.endIndex...].drop { $0 == UInt8(ascii: " ") }
        switch String(Substring(scheme)).lowercased() {
        case "bearer": self = rest.isEmpty ? .malformed : .secret(Array(rest))
        case "basic":
            let pair = Data(base64Encoded: String(Substring(rest))).map(Array.init) ?? []
            // RFC 7617 §2: the first colon ends the user's name, which says nothing here.
            guard let colon = pair.firstIndex(of: UInt8(ascii: ":")), colon + 1 < pair.count else {
                self = .malformed
                return
            }
            self = .secret(Array(pair[(colon + 1)...]))
        default: self = .none
        }
    }
}
