import CCurl

/// A request's address, taken apart by libcurl's own parser so that both see the same host.
struct CurlTarget: Equatable {
    /// What a redirect may not leave (RFC 6454 section 4).
    struct Origin: Equatable {
        var scheme: String
        var host: String
        var port: String
    }

    let origin: Origin
    /// The address without user info, query and fragment, for errors and logs.
    let display: String

    init(parsing url: String) throws(CurlHTTPError) {
        guard let parser = curl_url() else {
            throw .internal(CurlFailure(url: "an address", message: "no memory for the address"))
        }
        defer { curl_url_cleanup(parser) }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME | CURLU_PATH_AS_IS)
        let result = curl_url_set(parser, CURLUPART_URL, url, flags)
        guard result == CURLUE_OK else {
            // The text itself is not shown: what cannot be parsed cannot be stripped of its secrets.
            throw .invalidRequest(
                CurlFailure(
                    url: "an address",
                    message: "not well-formed: \(String(cString: curl_url_strerror(result)))"
                )
            )
        }
        let scheme = Self.part(CURLUPART_SCHEME, of: parser).lowercased()
        guard scheme == "http" || scheme == "https" else {
            throw .unsupportedScheme(CurlFailure(url: "\(scheme):", message: "only http and https are spoken"))
        }
        let host = Self.part(CURLUPART_HOST, of: parser)
        let explicitPort = Self.part(CURLUPART_PORT, of: parser)
        origin = Origin(
            scheme: scheme,
            host: host.lowercased(),
            port: Self.part(CURLUPART_PORT, of: parser, flags: UInt32(CURLU_DEFAULT_PORT))
        )
        let authority = explicitPort.isEmpty ? host : "\(host):\(explicitPort)"
        display = "\(scheme)://\(authority)\(Self.part(CURLUPART_PATH, of: parser))"
    }

    /// An absent part is an empty one.
    private static func part(_ part: CURLUPart, of parser: OpaquePointer, flags: UInt32 = 0) -> String {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(parser, part, &text, flags) == CURLUE_OK, let text else { return "" }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
