import CCurl

/// What a transfer that has ended can tell; https://curl.se/libcurl/c/curl_easy_getinfo.html
extension EasyHandle {
    var status: Int { number(CURLINFO_RESPONSE_CODE) }
    /// The status of a proxy's answer to CONNECT, zero where none was asked.
    var proxyAnswer: Int { number(CURLINFO_HTTP_CONNECTCODE) }
    var httpVersion: CurlHTTPVersion { CurlHTTPVersion(curlNumber: number(CURLINFO_HTTP_VERSION)) }
    /// Connections that had to be opened for the transfer.
    var newConnections: Int { number(CURLINFO_NUM_CONNECTS) }

    /// Where the answer points to, made absolute.
    var redirectURL: String? {
        var text: UnsafePointer<CChar>?
        guard linkwatch_curl_get_string(pointer, CURLINFO_REDIRECT_URL, &text) == CURLE_OK, let text else { return nil }
        return String(cString: text)
    }

    /// The socket of the connection that the transfer was on, if it is open and nobody else's now.
    var activeSocket: Int32? {
        var socket: curl_socket_t = -1
        guard linkwatch_curl_get_socket(pointer, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK, socket >= 0 else {
            return nil
        }
        return socket
    }

    var timings: CurlTimings {
        CurlTimings(
            nameLookup: span(CURLINFO_NAMELOOKUP_TIME_T),
            connect: span(CURLINFO_CONNECT_TIME_T),
            tls: span(CURLINFO_APPCONNECT_TIME_T),
            firstByte: span(CURLINFO_STARTTRANSFER_TIME_T),
            total: span(CURLINFO_TOTAL_TIME_T)
        )
    }

    /// What the answer's `Retry-After` says, seconds or a date, which libcurl holds against the wall clock; it is nil for a time
    /// that is over, too.
    ///
    /// - SeeAlso: https://curl.se/libcurl/c/CURLINFO_RETRY_AFTER.html
    var retryAfter: Duration? {
        var seconds: curl_off_t = 0
        guard linkwatch_curl_get_offset(pointer, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK, seconds > 0 else {
            return nil
        }
        return .seconds(Int64(seconds))
    }

    private func number(_ info: CURLINFO) -> Int {
        var value = 0
        return linkwatch_curl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    private func span(_ info: CURLINFO) -> Duration {
        var microseconds: curl_off_t = 0
        let result = linkwatch_curl_get_offset(pointer, info, &microseconds)
        return result == CURLE_OK ? .microseconds(Int64(microseconds)) : .zero
    }
}
