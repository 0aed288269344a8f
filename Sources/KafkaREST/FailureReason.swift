/// Why a poll failed, in the closed set of words that metrics and runs of equal polls use.
package enum FailureReason: String, Sendable, Hashable, CaseIterable {
    // No answer came.
    case dns
    case connect
    case tls
    case timeout
    case reset
    case tooLarge = "too_large"
    /// What came is no HTTP.
    case `protocol`
    case redirect
    case proxy
    case unsupportedScheme = "unsupported_scheme"
    case cancelled
    case `internal`
    /// The password or token could not be read, or is none that a header can carry; nothing was sent.
    case credentials

    // An answer came that is no list or link.
    case authentication
    case authorization
    case notFound = "not_found"
    case rateLimited = "rate_limited"
    /// Any other 4xx; error code 40002 may also be a fault of the server's own.
    case badRequest = "bad_request"
    case server
    /// The status is 2xx, the body is not what it should be.
    case malformed
}

extension FailureReason {
    /// Takes a transport's word; one that is not in the set would make labels without bound.
    init(transport word: String) { self = FailureReason(rawValue: word) ?? .internal }

    /// Classifies an answer by its status first, and only where one status has two meanings by Confluent's error code.
    ///
    /// Nil for 2xx. Of a 401, error code 401 is what the link resources say of a caller who is known but may not; 40101,
    /// an HTML page or nothing at all is said to one who is not known.
    init?(status: Int, errorCode: Int?) {
        switch status {
        case 200..<300: return nil
        case 300..<400: self = .redirect
        case 401: self = errorCode == 401 ? .authorization : .authentication
        case 403: self = .authorization
        case 404: self = .notFound
        case 407: self = .proxy
        case 408: self = .timeout
        case 429: self = .rateLimited
        case 400..<500: self = .badRequest
        case 500..<600: self = .server
        default: self = .protocol
        }
    }
}
