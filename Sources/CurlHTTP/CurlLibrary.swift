import CCurl
import Foundation

/// libcurl's process-wide state, set up once before the first handle (https://curl.se/libcurl/c/curl_global_init.html).
///
/// There is no counterpart at exit: threads of abandoned name look-ups may still be at work then.
enum CurlLibrary {
    static let ready: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    /// Whether the system's authorities lie in one file, where libcurl was built to look for it
    /// (https://curl.se/libcurl/c/curl_version_info.html).
    static let hasAuthoritiesFile: Bool = {
        guard let path = curl_version_info(CURLVERSION_SEVENTH)?.pointee.cainfo else { return false }
        return access(path, R_OK) == 0
    }()

    /// libcurl's words for a result that no handle has commented on.
    static func message(for code: CURLcode) -> String {
        String(cString: curl_easy_strerror(code))
    }
}
