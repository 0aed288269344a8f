/// When each phase of an exchange ended, counted from the start of its last hop; zero where a phase was not needed.
///
/// On a connection that was there already, `nameLookup`, `connect` and `tls` are near zero.
/// See https://curl.se/libcurl/c/curl_easy_getinfo.html, "TIMES".
package struct CurlTimings: Sendable, Equatable {
    package var nameLookup: Duration
    package var connect: Duration
    package var tls: Duration
    package var firstByte: Duration
    /// The whole exchange, redirects included.
    package var total: Duration

    package init(
        nameLookup: Duration = .zero,
        connect: Duration = .zero,
        tls: Duration = .zero,
        firstByte: Duration = .zero,
        total: Duration = .zero
    ) {
        self.nameLookup = nameLookup
        self.connect = connect
        self.tls = tls
        self.firstByte = firstByte
        self.total = total
    }
}
