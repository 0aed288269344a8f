import CCurl
import Foundation

/// What is asked for; each option names its page under https://curl.se/libcurl/c/.
extension EasyHandle {
    /// - SeeAlso: CURLOPT_URL.html, CURLOPT_PATH_AS_IS.html
    func set(url: String) throws(CurlCode) {
        try set(CURLOPT_URL, to: url)
        // A link may be called "..": the path is the caller's, and no browser's habit changes it.
        try set(CURLOPT_PATH_AS_IS, to: 1)
    }

    /// - SeeAlso: CURLOPT_CUSTOMREQUEST.html, CURLOPT_NOBODY.html, CURLOPT_COPYPOSTFIELDS.html
    func set(method: String, body: [UInt8]?) throws(CurlCode) {
        let expectsBody = ["POST", "PUT", "PATCH"].contains(method)
        if let body = body ?? (expectsBody ? [] : nil) {
            try set(CURLOPT_POST, to: 1)
            // The size first: it tells how much the next call copies. One byte more, so that there is an address
            // to copy from even where there is nothing to copy; none would mean "read from standard input".
            try set(CURLOPT_POSTFIELDSIZE_LARGE, toOffset: body.count)
            let result = (body + [0]).withUnsafeBytes { bytes in
                linkwatch_curl_set_pointer(
                    pointer,
                    CURLOPT_COPYPOSTFIELDS,
                    UnsafeMutableRawPointer(mutating: bytes.baseAddress)
                )
            }
            try CurlCode.check(result)
            try set(CURLOPT_CUSTOMREQUEST, to: method)
        } else if method == "HEAD" {
            try set(CURLOPT_NOBODY, to: 1)
        } else {
            try set(CURLOPT_HTTPGET, to: 1)
            try set(CURLOPT_CUSTOMREQUEST, to: method)
        }
    }

    /// Sends these lines, to the host alone and never to a proxy.
    ///
    /// - SeeAlso: CURLOPT_HTTPHEADER.html, CURLOPT_HEADEROPT.html
    func set(headers: HeaderList) throws(CurlCode) {
        headerList = headers
        try CurlCode.check(linkwatch_curl_set_list(pointer, CURLOPT_HTTPHEADER, headers.pointer))
        try set(CURLOPT_HEADEROPT, to: Int(CURLHEADER_SEPARATE))
    }

    /// - SeeAlso: CURLOPT_USERAGENT.html
    func set(userAgent: String) throws(CurlCode) {
        try set(CURLOPT_USERAGENT, to: userAgent)
    }

    /// Asks for gzip and unpacks it on arrival.
    ///
    /// - SeeAlso: CURLOPT_ACCEPT_ENCODING.html
    func set(acceptedEncoding: String) throws(CurlCode) {
        try set(CURLOPT_ACCEPT_ENCODING, to: acceptedEncoding)
    }

    /// - SeeAlso: CURLOPT_TIMEOUT_MS.html
    func set(timeout: Duration) throws(CurlCode) {
        try set(CURLOPT_TIMEOUT_MS, to: timeout.curlMilliseconds)
    }

    /// - SeeAlso: CURLOPT_CONNECTTIMEOUT_MS.html
    func set(connectTimeout: Duration) throws(CurlCode) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, to: connectTimeout.curlMilliseconds)
    }

    /// Refuses a body that announces more; one that does not is counted as it arrives.
    ///
    /// - SeeAlso: CURLOPT_MAXFILESIZE_LARGE.html
    func set(maximumAnnouncedBodySize size: Int) throws(CurlCode) {
        // Zero would mean no limit at all.
        try set(CURLOPT_MAXFILESIZE_LARGE, toOffset: max(1, size))
    }

    /// Opens a connection for this transfer alone, and closes it afterwards.
    ///
    /// libcurl silently sends a request again when the kept connection that it chose turns out to be dead, which may
    /// do a thing twice that must be done once.
    ///
    /// - SeeAlso: CURLOPT_FRESH_CONNECT.html, CURLOPT_FORBID_REUSE.html
    func set(ownConnection: Bool) throws(CurlCode) {
        try set(CURLOPT_FRESH_CONNECT, to: ownConnection ? 1 : 0)
        try set(CURLOPT_FORBID_REUSE, to: ownConnection ? 1 : 0)
    }
}

extension EasyHandle {
    func set(_ option: CURLoption, to value: Int) throws(CurlCode) {
        try CurlCode.check(linkwatch_curl_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, to value: String?) throws(CurlCode) {
        try CurlCode.check(linkwatch_curl_set_string(pointer, option, value))
    }

    func set(_ option: CURLoption, toOffset value: Int) throws(CurlCode) {
        try CurlCode.check(linkwatch_curl_set_offset(pointer, option, curl_off_t(value)))
    }
}

extension Duration {
    /// Whole milliseconds, at least one: libcurl takes zero for "no limit".
    var curlMilliseconds: Int {
        let (seconds, attoseconds) = components
        let whole = Int(clamping: seconds).multipliedReportingOverflow(by: 1000)
        guard !whole.overflow else { return Int(Int32.max) }
        return min(Int(Int32.max), max(1, whole.partialValue + Int(attoseconds / 1_000_000_000_000_000)))
    }
}
