import HTTPTypes

/// Why a request is not taken; each has one status and one sentence, and the connection ends after it.
enum RequestRefusal: Error, Equatable, Sendable {
    /// The bytes break the grammar of HTTP/1.1; the words say where.
    case malformed(String)
    /// The request line is longer than the limit.
    case targetTooLong(limit: Int)
    /// The head has more lines, or more bytes, than the limit.
    case headTooLarge(String)
    /// The body is, or says it will be, larger than the limit.
    case bodyTooLarge(limit: Int)
    /// RFC 9112 §6.1: a transfer coding this server does not know.
    case unknownTransferCoding
    /// RFC 9110 §9.1: a method this server does not implement for any resource.
    case unimplementedMethod
    /// RFC 9110 §2.5: a major version other than 1.
    case unsupportedVersion
    /// RFC 9110 §10.1.1: an expectation other than 100-continue.
    case unknownExpectation
    /// The head did not arrive in time.
    case headTimedOut
    /// The body did not arrive in time.
    case bodyTimedOut

    var problem: Problem {
        switch self {
        case .malformed(let detail): Problem(status: .badRequest, detail: detail)
        case .targetTooLong(let limit):
            Problem(status: .uriTooLong, detail: "the request line is longer than \(limit) bytes")
        case .headTooLarge(let detail): Problem(status: .requestHeaderFieldsTooLarge, detail: detail)
        case .bodyTooLarge(let limit):
            Problem(status: .contentTooLarge, detail: "the request body is larger than \(limit) bytes")
        case .unknownTransferCoding:
            Problem(status: .notImplemented, detail: "chunked is the only transfer coding understood here")
        case .unimplementedMethod: Problem(status: .notImplemented, detail: "this method is not implemented here")
        case .unsupportedVersion:
            Problem(status: .httpVersionNotSupported, detail: "HTTP/1.1 and HTTP/1.0 are spoken here")
        case .unknownExpectation:
            Problem(status: .expectationFailed, detail: "100-continue is the only expectation met here")
        case .headTimedOut: Problem(status: .requestTimeout, detail: "the request head did not arrive in time")
        case .bodyTimedOut: Problem(status: .requestTimeout, detail: "the request body did not arrive in time")
        }
    }
}
