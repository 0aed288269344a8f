import CCurl

/// A result of libcurl that is not `CURLE_OK`, thrown by the handle that saw it.
struct CurlCode: Error {
    let rawValue: CURLcode

    static func check(_ result: CURLcode) throws(CurlCode) {
        if result != CURLE_OK { throw CurlCode(rawValue: result) }
    }
}
