package import HTTPTypes

/// What one request and its answer came to, told after the answer's last byte was given to the kernel.
package struct Exchange: Sendable {
    /// The request; nil where the bytes received were none.
    package let request: Request?
    /// The template of the route that matched, never the path; `unmatched` where there is none.
    package let routeTemplate: String
    /// The place of that route in the router's table; nil where there is none.
    package let routeIndex: Int?
    /// The status code that was sent; 499 where the client left before there was one (after nginx's custom).
    package let status: Int
    /// Bytes sent, heads included.
    package let bytesSent: Int
    /// Nanoseconds from the whole request (or the refusal) to the last byte given to the kernel.
    package let nanoseconds: Int64
    /// Whether the answer was sent to its end.
    package let isComplete: Bool
    /// Who asked.
    package let peer: PeerAddress

    /// The status told where the client left before it was answered.
    package static let clientLeft = 499

    /// From the whole request (or the refusal) to the last byte given to the kernel.
    package var duration: Duration { .nanoseconds(nanoseconds) }

    /// The method; nil where the bytes received were no request.
    package var method: HTTPRequest.Method? { request?.method }

    /// The method for a metric's label: one of RFC 9110's and PATCH, else `other`, because clients may invent methods.
    package var methodLabel: String {
        switch method {
        case .get?, .head?, .post?, .put?, .delete?, .options?, .patch?, .trace?: method?.rawValue ?? "other"
        default: "other"
        }
    }
}
