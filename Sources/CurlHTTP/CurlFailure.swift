/// What is known of an exchange that failed; nothing in it is secret.
package struct CurlFailure: Sendable, Equatable {
    /// The address without user info, query and fragment.
    package var url: String
    /// libcurl's own number (https://curl.se/libcurl/c/libcurl-errors.html); zero where linkwatch itself gave up.
    package var code: Int
    /// libcurl's own words, or ours where `code` is zero.
    package var message: String
    /// False where the request certainly did not reach the peer; true where that is not known.
    package var mayHaveBeenSent: Bool

    package init(url: String, code: Int = 0, message: String, mayHaveBeenSent: Bool = true) {
        self.url = url
        self.code = code
        self.message = message
        self.mayHaveBeenSent = mayHaveBeenSent
    }
}

extension CurlFailure: CustomStringConvertible {
    package var description: String {
        code == 0 ? "\(url): \(message)" : "\(url): \(message) (curl error \(code))"
    }
}
