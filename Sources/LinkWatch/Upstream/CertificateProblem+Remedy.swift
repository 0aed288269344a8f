import ClusterLinks
import CurlHTTP

extension CertificateProblem {
    /// What to do about it, in the words of the configuration.
    ///
    /// - Parameter now: by this machine's clock, which may be what is wrong.
    func remedy(at now: Instant) -> String {
        switch self {
        case .expired: "renew the server's certificate, unless this machine's clock is wrong: it says \(now)"
        case .notYetValid: "set this machine's clock, unless the certificate is for later: it says \(now)"
        case .unknownAuthority: "name the certificate of the server's authority under tls.ca_file"
        case .otherName: "give the address one of the names that the server's certificate has"
        }
    }
}

extension CurlHTTPError {
    /// What happened, and what to do where that is known.
    func explained(at now: Instant) -> String {
        certificateProblem.map { "\(self); \($0.remedy(at: now))" } ?? "\(self)"
    }
}
