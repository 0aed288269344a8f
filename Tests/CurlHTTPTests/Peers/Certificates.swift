import Foundation

/// A small authority and what it has signed, as PEM files made by the openssl command.
struct Certificates {
    let folder: URL

    /// The authority that signed the others.
    var authority: String { file("authority.pem") }
    /// For 127.0.0.1 and localhost.
    var server: String { file("server.pem") }
    /// For other.example only.
    var elsewhere: String { file("elsewhere.pem") }
    var client: String { file("client.pem") }
    /// An authority that signed none of them.
    var stranger: String { file("stranger.pem") }
    /// One key is enough for all of them.
    var key: String { file("key.pem") }

    /// Makes one for 127.0.0.1 and localhost that is valid in a span of its own, which only `openssl ca` can.
    func server(validFrom start: String, to end: String) async throws -> String {
        let openssl = try TestProgram("openssl", package: "openssl")
        let configuration = """
            [ca]
            default_ca = own
            [own]
            database = \(file("index"))
            serial = \(file("serial"))
            new_certs_dir = \(folder.path)
            default_md = sha256
            policy = any
            unique_subject = no
            [any]
            commonName = supplied
            [server]
            subjectAltName = IP:127.0.0.1, DNS:localhost

            """
        try configuration.write(toFile: file("ca.conf"), atomically: true, encoding: .utf8)
        try "".write(toFile: file("index"), atomically: true, encoding: .utf8)
        try "01\n".write(toFile: file("serial"), atomically: true, encoding: .utf8)
        try await openssl.run(
            [
                "req", "-new", "-config", file("openssl.conf"), "-key", key, "-subj", "/CN=server",
                "-out", file("request.pem"),
            ],
            in: folder
        )
        try await openssl.run(
            [
                "ca", "-batch", "-notext", "-config", file("ca.conf"), "-extensions", "server", "-cert", authority,
                "-keyfile", key, "-startdate", start, "-enddate", end, "-in", file("request.pem"),
                "-out", file("dated.pem"),
            ],
            in: folder
        )
        return file("dated.pem")
    }

    private func file(_ name: String) -> String { folder.appending(path: name).path }
}

/// Lends certificates in a folder that is gone afterwards.
func withCertificates(
    isolation: isolated (any Actor)? = #isolation,
    _ body: (Certificates) async throws -> Void
) async throws {
    let openssl = try TestProgram("openssl", package: "openssl")
    try await withTemporaryFolder { folder in
        let certificates = Certificates(folder: folder)
        let configuration = folder.appending(path: "openssl.conf")
        try "[req]\ndistinguished_name = name\n[name]\n".write(to: configuration, atomically: true, encoding: .utf8)
        try await openssl.run(
            ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", certificates.key],
            in: folder
        )

        func make(_ path: String, name: String, extensions: [String], by authority: String? = nil) async throws {
            var arguments = ["req", "-x509", "-config", configuration.path, "-key", certificates.key, "-days", "2"]
            arguments += ["-subj", "/CN=\(name)", "-out", path] + extensions.flatMap { ["-addext", $0] }
            if let authority { arguments += ["-CA", authority, "-CAkey", certificates.key] }
            try await openssl.run(arguments, in: folder)
        }
        let isAuthority = ["basicConstraints=critical,CA:TRUE", "subjectKeyIdentifier=hash"]
        let isNone = "basicConstraints=critical,CA:FALSE"
        let own = certificates.authority
        try await make(own, name: "authority", extensions: isAuthority)
        try await make(certificates.stranger, name: "stranger", extensions: isAuthority)
        try await make(
            certificates.server,
            name: "server",
            extensions: [isNone, "subjectAltName=IP:127.0.0.1,DNS:localhost"],
            by: own
        )
        try await make(
            certificates.elsewhere,
            name: "elsewhere",
            extensions: [isNone, "subjectAltName=DNS:other.example"],
            by: own
        )
        try await make(certificates.client, name: "poller", extensions: [isNone], by: own)
        try await body(certificates)
    }
}
