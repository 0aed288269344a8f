import CCurl

/// The version of HTTP that an answer came in.
package enum CurlHTTPVersion: String, Sendable {
    case http1_0 = "1.0"
    case http1_1 = "1.1"
    case http2 = "2"
    case unknown

    /// Takes libcurl's number for it.
    ///
    /// - SeeAlso: https://curl.se/libcurl/c/CURLINFO_HTTP_VERSION.html
    init(curlNumber: Int) {
        switch curlNumber {
        case CURL_HTTP_VERSION_1_0: self = .http1_0
        case CURL_HTTP_VERSION_1_1: self = .http1_1
        case CURL_HTTP_VERSION_2_0: self = .http2
        default: self = .unknown
        }
    }
}
