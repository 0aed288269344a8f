/// A complete answer: its body is decompressed and has ended where the peer said it would, or where the request had it cut.
///
/// Whether a compressed body was itself whole is not known: libcurl unpacks what there is.
package struct CurlResponse: Sendable {
    package var status: Int
    package var headers: [CurlHeader]
    package var body: [UInt8]
    package var httpVersion: CurlHTTPVersion
    package var timings: CurlTimings
    /// True if no connection had to be opened for it.
    package var connectionReused: Bool
    /// The body is the beginning of one that was larger than the request allows.
    package var bodyIsCut: Bool
    /// How long the peer asks to be left alone, from now on, in whole seconds (`Retry-After`, RFC 9110 section 10.2.3).
    ///
    /// Nil where it does not, where it asks for no time, and where libcurl does not understand it.
    package var retryAfter: Duration?

    package init(
        status: Int,
        headers: [CurlHeader] = [],
        body: [UInt8] = [],
        httpVersion: CurlHTTPVersion = .http1_1,
        timings: CurlTimings = CurlTimings(),
        connectionReused: Bool = false,
        bodyIsCut: Bool = false,
        retryAfter: Duration? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.httpVersion = httpVersion
        self.timings = timings
        self.connectionReused = connectionReused
        self.bodyIsCut = bodyIsCut
        self.retryAfter = retryAfter
    }

    /// The value of the first header of that name, which is compared without regard to ASCII case.
    package subscript(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
