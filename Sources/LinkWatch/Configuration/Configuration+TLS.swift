extension Configuration {
    /// What the certificate of a cluster or receiver is checked against, and what linkwatch shows of itself.
    ///
    /// Checking cannot be turned off.
    package struct TLS: Sendable, Equatable {
        /// Authorities instead of the system's, in PEM.
        package var caFile: String?
        /// Given together with its key, in PEM.
        package var clientCertificateFile: String?
        package var clientKeyFile: String?

        package init() {}
    }
}

extension Configuration.TLS {
    init(reading section: Section?) {
        self.init()
        guard let section else { return }
        let certificate = section["client_certificate_file"]
        let key = section["client_key_file"]
        caFile = section["ca_file"]?.readableFile()
        clientCertificateFile = certificate?.readableFile()
        clientKeyFile = key?.readableFile()
        section.close()

        if let clientKeyFile, BoundedFile.isReadableByEveryone(clientKeyFile) {
            key?.warn("every user can read \(Excerpt.shortened(clientKeyFile)); take that right away with chmod o-r")
        }
        if certificate != nil, key == nil {
            certificate?.refuse("needs client_key_file beside it")
        }
        if key != nil, certificate == nil {
            key?.refuse("needs client_certificate_file beside it")
        }
    }
}
