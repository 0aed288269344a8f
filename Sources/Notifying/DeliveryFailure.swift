/// Why a message was not delivered.
///
/// The texts name a receiver by its origin at most: the path of a chat service's webhook is its secret.
package enum DeliveryFailure: Error, Sendable, Equatable {
    /// Nothing is known of what the receiver did: no answer came, or half of one.
    case unanswered(Reason, String)
    /// The receiver takes no message for now; it may have said for how long.
    case unavailable(status: Int, saying: String, retryAfter: Duration?)
    /// The receiver does not take this message and never will.
    case refused(status: Int, saying: String)
    /// A secret of the receiver's cannot be read or sent, and without it nothing is.
    case secret(String)
    /// The receiver's template makes no body of what was to be sent.
    case body(String)
    /// It waited until it was no news any more.
    case expired(after: Duration)
}

extension DeliveryFailure {
    /// The closed set of words for a metric's label.
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        // No answer came.
        case dns
        case connect
        case tls
        case timeout
        case reset
        case tooLarge = "too_large"
        /// What came is no HTTP.
        case `protocol`
        case proxy
        case unsupportedScheme = "unsupported_scheme"
        case cancelled
        case `internal`

        // An answer came that is no success.
        case redirect
        case authentication
        case authorization
        case notFound = "not_found"
        case rateLimited = "rate_limited"
        /// Any other 4xx.
        case badRequest = "bad_request"
        case server

        // Nothing was sent.
        case secret
        case body
        case expired
    }

    package var reason: Reason {
        switch self {
        case .unanswered(let reason, _): reason
        case .unavailable(let status, _, _), .refused(let status, _): Reason(status: status)
        case .secret: .secret
        case .body: .body
        case .expired: .expired
        }
    }

    /// Whether to try the message again is of no use.
    package var isFinal: Bool {
        switch self {
        case .unanswered, .unavailable, .secret: false
        case .refused, .body, .expired: true
        }
    }

    var retryAfter: Duration? {
        if case .unavailable(_, _, let retryAfter) = self { retryAfter } else { nil }
    }
}

extension DeliveryFailure.Reason {
    /// Takes a status that is none of success.
    init(status: Int) {
        switch status {
        case 300..<400: self = .redirect
        case 401: self = .authentication
        case 403: self = .authorization
        case 404, 410: self = .notFound
        case 407: self = .proxy
        case 408: self = .timeout
        case 429: self = .rateLimited
        case 400..<500: self = .badRequest
        case 500..<600: self = .server
        default: self = .protocol
        }
    }
}

extension DeliveryFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unanswered(_, let text): text
        case .unavailable(let status, let words, nil): "the receiver answered with status \(status): \(words)"
        case .unavailable(let status, let words, let retryAfter?):
            "the receiver answered with status \(status) and asks to wait for \(retryAfter): \(words)"
        case .refused(let status, let words): "the receiver refused the message with status \(status): \(words)"
        case .secret(let text): "the receiver's secret cannot be used, so nothing was sent: \(text)"
        case .body(let text): "the receiver's template makes no body of the message: \(text)"
        case .expired(let age): "the message waited for \(age) and is no news any more"
        }
    }
}
