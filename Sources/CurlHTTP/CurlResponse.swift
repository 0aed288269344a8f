/// A complete answer: its body has ended where the peer said it would, and is decompressed.
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

    package init(
        status: Int,
        headers: [CurlHeader] = [],
        body: [UInt8] = [],
        httpVersion: CurlHTTPVersion = .http1_1,
        timings: CurlTimings = CurlTimings(),
        connectionReused: Bool = false
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.httpVersion = httpVersion
        self.timings = timings
        self.connectionReused = connectionReused
    }

    /// The value of the first header of that name, which is compared without regard to ASCII case.
    package subscript(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
