/// Why an exchange brought no answer.
///
/// An HTTP status of any kind is an answer and no error.
package enum CurlHTTPError: Error, Sendable, Equatable {
    /// The host's name has no address, or the resolver did not say.
    case dns(CurlFailure)
    /// No TCP connection could be made to any of the host's addresses.
    case connect(CurlFailure)
    /// The handshake failed: an unknown authority, a wrong name, a client certificate that is missing or unreadable.
    case tls(CurlFailure)
    /// The connection or the whole exchange took longer than the request allows.
    case timeout(CurlFailure)
    /// The peer closed the connection before its answer was complete.
    case reset(CurlFailure)
    /// The answer is larger than the request allows.
    case tooLarge(CurlFailure)
    /// What came is no HTTP.
    case malformed(CurlFailure)
    /// The peer sent the client to another origin, or round in circles.
    case redirect(CurlFailure)
    /// The task was cancelled or the client was shut down.
    case cancelled(CurlFailure)
    /// The proxy could not be found or would not connect to the host.
    case proxy(CurlFailure)
    /// The address is neither `http` nor `https`.
    case unsupportedScheme(CurlFailure)
    /// The request itself cannot be sent: its address, method or headers are not well-formed.
    case invalidRequest(CurlFailure)
    /// libcurl failed in a way that is no peer's fault, such as a lack of memory.
    case `internal`(CurlFailure)
}

extension CurlHTTPError {
    /// One word of a closed set, for a metric's label: `dns`, `connect`, `tls`, `timeout`, `reset`, `too_large`, `protocol`,
    /// `redirect`, `cancelled`, `proxy`, `unsupported_scheme` or `internal`.
    package var reason: String {
        switch self {
        case .dns: "dns"
        case .connect: "connect"
        case .tls: "tls"
        case .timeout: "timeout"
        case .reset: "reset"
        case .tooLarge: "too_large"
        case .malformed: "protocol"
        case .redirect: "redirect"
        case .cancelled: "cancelled"
        case .proxy: "proxy"
        case .unsupportedScheme: "unsupported_scheme"
        case .invalidRequest, .internal: "internal"
        }
    }

    /// False where the request certainly did not reach the peer, so that nothing can have come of it.
    package var mayHaveBeenSent: Bool {
        switch self {
        case .dns, .connect, .proxy, .unsupportedScheme, .invalidRequest: false
        case .tls, .timeout, .reset, .tooLarge, .malformed, .redirect, .cancelled, .internal: failure.mayHaveBeenSent
        }
    }

    /// Address, curl's code and message.
    package var failure: CurlFailure {
        switch self {
        case .dns(let failure), .connect(let failure), .tls(let failure), .timeout(let failure), .reset(let failure),
            .tooLarge(let failure), .malformed(let failure), .redirect(let failure), .cancelled(let failure),
            .proxy(let failure), .unsupportedScheme(let failure), .invalidRequest(let failure), .internal(let failure):
            failure
        }
    }
}

extension CurlHTTPError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .dns(let failure): "name look-up failed for \(failure)"
        case .connect(let failure): "connection failed to \(failure)"
        case .tls(let failure): "no verified TLS connection to \(failure)"
        case .timeout(let failure): "timed out: \(failure)"
        case .reset(let failure): "connection lost before the answer was complete: \(failure)"
        case .tooLarge(let failure): "answer too large from \(failure)"
        case .malformed(let failure): "answer is not well-formed HTTP from \(failure)"
        case .redirect(let failure): "redirect not followed from \(failure)"
        case .cancelled(let failure): "cancelled: \(failure)"
        case .proxy(let failure): "proxy failed for \(failure)"
        case .unsupportedScheme(let failure): "neither http nor https: \(failure)"
        case .invalidRequest(let failure): "request cannot be sent to \(failure)"
        case .internal(let failure): "libcurl failed for \(failure)"
        }
    }
}
