import CCurl

/// Owner of one `CURL` handle: a transfer's options, its results and its TLS sessions, which outlive `reset()`.
///
/// Not safe to use from two threads at once (https://curl.se/libcurl/c/threadsafe.html); the driver's thread has them all.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    /// Where libcurl puts its words for a failure; it must outlive the handle.
    private let errorBuffer: UnsafeMutablePointer<CChar>
    /// libcurl reads the lines where they lie, until the transfer has ended.
    var headerList: HeaderList?

    init() throws(CurlCode) {
        try CurlCode.check(CurlLibrary.ready)
        guard let pointer = curl_easy_init() else { throw CurlCode(rawValue: CURLE_FAILED_INIT) }
        self.pointer = pointer
        errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(pointer)
        errorBuffer.deallocate()
    }

    /// Forgets all options, and keeps TLS sessions (https://curl.se/libcurl/c/curl_easy_reset.html).
    func reset() throws(CurlCode) {
        curl_easy_reset(pointer)
        headerList = nil
        errorBuffer[0] = 0
        try CurlCode.check(linkwatch_curl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorBuffer))
    }

    /// What libcurl says of the failure that ended the last transfer.
    func message(for code: CURLcode) -> String {
        let own = String(cString: errorBuffer)
        return own.isEmpty ? CurlLibrary.message(for: code) : own
    }
}
