import CurlHTTP

extension CurlOptions {
    /// What the configuration says of reaching somebody.
    init(_ tls: Configuration.TLS, proxy: Configuration.WebAddress?) {
        self.init(
            caFile: tls.caFile,
            clientCertificateFile: tls.clientCertificateFile,
            clientKeyFile: tls.clientKeyFile,
            proxy: proxy?.text
        )
    }
}
