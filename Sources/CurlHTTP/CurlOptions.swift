/// How one origin is reached: whom to trust, who to be, and through which proxy.
///
/// Verification of the peer's certificate and name is no option: it is always on.
package struct CurlOptions: Sendable, Equatable {
    /// PEM file of the only authorities to trust; nil means those of the system.
    package var caFile: String?
    /// PEM file with the client's certificate and its chain.
    package var clientCertificateFile: String?
    /// PEM file with the client's key; nil means it lies in the certificate's file.
    package var clientKeyFile: String?
    /// `http://host:port` and the like; nil means what the environment says (`https_proxy`, `http_proxy`, `all_proxy`),
    /// and an empty text none at all.
    ///
    /// `no_proxy` of the environment holds for both, and loopback hosts are never asked for through a proxy.
    package var proxy: String?
    /// Path of a unix socket that is spoken to instead of the address' host, whose name goes out in `Host`; then no proxy is asked.
    package var unixSocket: String?

    package init(
        caFile: String? = nil,
        clientCertificateFile: String? = nil,
        clientKeyFile: String? = nil,
        proxy: String? = nil,
        unixSocket: String? = nil
    ) {
        self.caFile = caFile
        self.clientCertificateFile = clientCertificateFile
        self.clientKeyFile = clientKeyFile
        self.proxy = proxy
        self.unixSocket = unixSocket
    }
}
