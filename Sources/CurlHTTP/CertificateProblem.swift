/// What is wrong with the certificate that a server showed, as far as libcurl says it.
///
/// It says it in words only: OpenSSL's (`X509_verify_cert_error_string(3)`), or its own for a name that does not fit. Neither
/// says when a certificate expired, as the connection ends before the certificate is handed out.
package enum CertificateProblem: Sendable, Hashable, CaseIterable {
    case expired
    case notYetValid
    case unknownAuthority
    case otherName

    private var words: [String] {
        switch self {
        case .expired: ["certificate has expired"]
        case .notYetValid: ["certificate is not yet valid"]
        case .unknownAuthority: ["self-signed certificate", "self signed certificate", "unable to get local issuer"]
        case .otherName: ["no alternative certificate subject name matches", "does not match target host name"]
        }
    }

    /// - Parameter message: libcurl's.
    init?(_ message: String) {
        let problem = Self.allCases.first { problem in problem.words.contains { message.contains($0) } }
        guard let problem else { return nil }
        self = problem
    }
}

extension CurlHTTPError {
    /// Nil where it was not the certificate, or libcurl does not say what it was.
    package var certificateProblem: CertificateProblem? {
        guard case .tls(let failure) = self else { return nil }
        return CertificateProblem(failure.message)
    }
}
