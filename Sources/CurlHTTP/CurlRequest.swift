/// One HTTP exchange to be made: what is sent, to which address, and what it may cost in time and memory.
package struct CurlRequest: Sendable {
    /// The most bytes a body may have where the caller names no other cap: 64 MiB.
    package static let defaultMaximumBodySize = 64 * 1024 * 1024

    package var method: String
    /// An absolute address, `http` or `https`; the path goes out as it is written, dots included.
    package var url: String
    package var headers: [CurlHeader]
    package var body: [UInt8]?
    /// The span in which the whole exchange, redirects included, must end.
    package var timeout: Duration
    /// The span in which name look-up, TCP and TLS together must succeed.
    package var connectTimeout: Duration
    /// Counted after decompression; one byte more ends the transfer, with `tooLarge` unless `cutsBody` is said.
    package var maximumBodySize: Int
    /// Whether the beginning of a body that is too large is an answer, for a caller to whom the status says the most.
    package var cutsBody: Bool
    /// Whether redirects within the origin are followed; else they are answers.
    ///
    /// To follow 301, 302 and 303 turns a POST into a GET (RFC 9110 section 15.4), whose answer says nothing about what was posted.
    package var followsRedirects: Bool
    package var session: CurlSessionID

    package init(
        method: String = "GET",
        url: String,
        headers: [CurlHeader] = [],
        body: [UInt8]? = nil,
        timeout: Duration,
        connectTimeout: Duration,
        maximumBodySize: Int = CurlRequest.defaultMaximumBodySize,
        cutsBody: Bool = false,
        followsRedirects: Bool = true,
        session: CurlSessionID
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.maximumBodySize = maximumBodySize
        self.cutsBody = cutsBody
        self.followsRedirects = followsRedirects
        self.session = session
    }
}
