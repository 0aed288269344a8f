import CCurl

extension CurlHTTPError {
    /// Sorts libcurl's result into what a caller can treat differently.
    ///
    /// `code` is never `CURLE_OK` (https://curl.se/libcurl/c/libcurl-errors.html), and `proxyAnswer` is the status with
    /// which a proxy answered CONNECT, zero if none was asked.
    init(code: CURLcode, message: String, url: String, proxyAnswer: Int = 0, mayHaveBeenSent: Bool = true) {
        let failure = CurlFailure(
            url: url,
            code: Int(code.rawValue),
            message: message,
            mayHaveBeenSent: mayHaveBeenSent
        )
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            self = .dns(failure)
        case CURLE_COULDNT_CONNECT:
            self = .connect(failure)
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY:
            self = .proxy(failure)
        case CURLE_RECV_ERROR where proxyAnswer >= 300:
            self = .proxy(failure)
        case CURLE_OPERATION_TIMEDOUT:
            self = .timeout(failure)
        // With TLS 1.3 a refusal of the client's certificate arrives only after the client holds the handshake
        // to be done (RFC 8446 section 4.4.2.4), so as an alert on the first read.
        case CURLE_RECV_ERROR where message.contains(" alert "), CURLE_SEND_ERROR where message.contains(" alert "):
            self = .tls(failure)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ENGINE_NOTFOUND,
            CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED:
            self = .tls(failure)
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE:
            self = .reset(failure)
        case CURLE_FILESIZE_EXCEEDED:
            self = .tooLarge(failure)
        // The scheme was examined before, so the protocol that is not supported is the peer's: a status line
        // that is none is taken for HTTP/0.9.
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2,
            CURLE_HTTP2_STREAM:
            self = .malformed(failure)
        case CURLE_TOO_MANY_REDIRECTS:
            self = .redirect(failure)
        case CURLE_URL_MALFORMAT:
            self = .invalidRequest(failure)
        default:
            self = .internal(failure)
        }
    }
}
