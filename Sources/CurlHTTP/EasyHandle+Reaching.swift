import CCurl
import Foundation

/// How a host is reached and trusted; each option names its page under https://curl.se/libcurl/c/.
extension EasyHandle {
    /// Speaks these protocols and no other, whatever libcurl was built with.
    ///
    /// - SeeAlso: CURLOPT_PROTOCOLS_STR.html
    func set(allowedProtocols: String) throws(CurlCode) {
        try set(CURLOPT_PROTOCOLS_STR, to: allowedProtocols)
    }

    /// HTTP/2 where the peer offers it in the TLS handshake (ALPN), else HTTP/1.1.
    ///
    /// - SeeAlso: CURLOPT_HTTP_VERSION.html
    func setHTTP2OverTLS() throws(CurlCode) {
        try set(CURLOPT_HTTP_VERSION, to: CURL_HTTP_VERSION_2TLS)
    }

    /// Verifies the peer's chain and name, against `caFile` alone where one is given.
    ///
    /// - SeeAlso: CURLOPT_SSL_VERIFYPEER.html, CURLOPT_CAINFO.html, CURLOPT_CAPATH.html,
    ///   CURLOPT_CA_CACHE_TIMEOUT.html, CURLOPT_SSLVERSION.html
    func setVerifiedTLS(caFile: String?) throws(CurlCode) {
        try set(CURLOPT_SSL_VERIFYPEER, to: 1)
        try set(CURLOPT_SSL_VERIFYHOST, to: 2)
        try set(CURLOPT_SSLVERSION, to: Int(CURL_SSLVERSION_TLSv1_2))
        if let caFile { try set(CURLOPT_CAINFO, to: caFile) }
        if caFile != nil || CurlLibrary.hasAuthoritiesFile {
            // The system's folder of authorities would be trusted beside the file, and keep libcurl from remembering
            // what it has read: then each handshake reads them all again, on the thread that drives all transfers.
            try set(CURLOPT_CAPATH, to: nil)
        }
        // How long it remembers: a replaced file counts after five minutes instead of a day.
        try set(CURLOPT_CA_CACHE_TIMEOUT, to: 300)
    }

    /// - SeeAlso: CURLOPT_SSLCERT.html, CURLOPT_SSLKEY.html
    func set(clientCertificateFile: String, keyFile: String?) throws(CurlCode) {
        try set(CURLOPT_SSLCERTTYPE, to: "PEM")
        try set(CURLOPT_SSLCERT, to: clientCertificateFile)
        try set(CURLOPT_SSLKEYTYPE, to: "PEM")
        try set(CURLOPT_SSLKEY, to: keyFile ?? clientCertificateFile)
    }

    /// Nil leaves the choice to the environment, an empty text means none at all.
    ///
    /// - SeeAlso: CURLOPT_PROXY.html
    func set(proxy: String?) throws(CurlCode) {
        try set(CURLOPT_PROXY, to: proxy)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, to: 1)
    }

    /// - SeeAlso: CURLOPT_UNIX_SOCKET_PATH.html
    func set(unixSocket: String) throws(CurlCode) {
        try set(CURLOPT_UNIX_SOCKET_PATH, to: unixSocket)
    }

    /// Keeps idle connections for ten minutes, so that the longest usual pause between two polls costs no handshake,
    /// and none for more than an hour, so that a host which has moved is found at its new address.
    ///
    /// - SeeAlso: CURLOPT_MAXAGE_CONN.html, CURLOPT_MAXLIFETIME_CONN.html
    func setConnectionAges() throws(CurlCode) {
        try set(CURLOPT_MAXAGE_CONN, to: 600)
        try set(CURLOPT_MAXLIFETIME_CONN, to: 3600)
    }

    /// Lets no look-up hold up the thread that drives all transfers.
    ///
    /// With QUICK_EXIT a look-up that has not ended when its transfer does is left to itself, instead of being waited
    /// for; its thread ends with the resolver's own time-out.
    ///
    /// - SeeAlso: CURLOPT_QUICK_EXIT.html, CURLOPT_NOSIGNAL.html
    func setPatienceWithResolver() throws(CurlCode) {
        try set(CURLOPT_QUICK_EXIT, to: 1)
        try set(CURLOPT_NOSIGNAL, to: 1)
    }

    /// Finds out about peers that went away without a word: idle ones by probes, and those that acknowledge nothing
    /// of what was sent after `silence`.
    ///
    /// Without it a dead HTTP/2 connection would be chosen again for every later request, until the kernel gives up
    /// after a quarter of an hour (tcp(7), TCP_USER_TIMEOUT).
    ///
    /// - SeeAlso: CURLOPT_TCP_KEEPALIVE.html, CURLOPT_SOCKOPTFUNCTION.html
    func setDeadPeerDetection() throws(CurlCode) {
        try set(CURLOPT_TCP_KEEPALIVE, to: 1)
        try set(CURLOPT_TCP_KEEPIDLE, to: 60)
        try set(CURLOPT_TCP_KEEPINTVL, to: 15)
        let result = linkwatch_curl_set_socket_callback(pointer, CURLOPT_SOCKOPTFUNCTION) { _, socket, _ in
            var milliseconds: UInt32 = 30_000
            // A kernel without the option still has working sockets, so a failure is none.
            _ = setsockopt(
                socket,
                Int32(IPPROTO_TCP),
                TCP_USER_TIMEOUT,
                &milliseconds,
                socklen_t(MemoryLayout<UInt32>.size)
            )
            return Int32(CURL_SOCKOPT_OK)
        }
        try CurlCode.check(result)
    }
}
