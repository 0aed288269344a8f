import Foundation
import Testing

/// Debian's Caddy or nginx with the shipped configuration before a running service, and the curl program as its client.
struct TLSFront: Sendable {
    enum Program: String, Sendable, CaseIterable, CustomTestStringConvertible {
        case caddy, nginx

        var testDescription: String { rawValue }
    }

    /// What curl got.
    struct Answer {
        let version: String
        let status: Int
        let head: String
        let body: String

        func field(_ name: String) -> String? {
            head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
                .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
        }
    }

    private let port: UInt16
    private let certificate: String

    /// Asks through the front, over HTTP/2 where it speaks that.
    func ask(_ path: String, _ arguments: String..., token: String? = nil) async throws -> Answer {
        let process = try curl(path, arguments + (token.map { ["-H", "Authorization: Bearer \($0)"] } ?? []))
        #expect(await process.end() == .exit(0), "\(process.errors)")
        let said = process.output
        let end = try #require(said.range(of: "\r\n\r\n"))
        let words = said.prefix { $0 != "\r\n" }.split(separator: " ")
        return Answer(
            version: String(try #require(words.first)),
            status: try #require(Int(words[1])),
            head: String(said[..<end.lowerBound]),
            body: String(said[end.upperBound...])
        )
    }

    /// A client that goes on until it is ended, with the head of the answer before its body.
    func curl(_ path: String, _ arguments: [String]) throws -> LinkWatchProcess {
        let fixed = [
            "--silent", "--show-error", "--include", "--no-buffer", "--max-time", "60", "--cacert", certificate,
        ]
        return try LinkWatchProcess(
            command: ["/usr/bin/curl"] + fixed + arguments + ["https://localhost:\(port)\(path)"],
            environment: [:]
        )
    }

    /// Lends one in a folder of its own.
    /// - Parameter upstream: `unix:PATH` or `HOST:PORT`.
    static func with(
        _ program: Program,
        upstream: String,
        folder: String,
        _ body: (TLSFront) async throws -> Void
    ) async throws {
        let (certificate, key) = (folder + "certificate.pem", folder + "key.pem")
        let openssl = try LinkWatchProcess(
            command: [
                "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key,
                "-out", certificate,
            ],
            environment: [:]
        )
        try #require(await openssl.end() == .exit(0), "\(openssl.errors)")
        let port: UInt16
        let process: LinkWatchProcess
        switch program {
        case .nginx: (port, process) = try nginx(upstream, folder, certificate, key)
        case .caddy: (port, process) = try await caddy(upstream, folder, certificate, key)
        }
        try await LinkWatchTests.with(process) { process in
            do {
                try await body(TLSFront(port: port, certificate: certificate))
            } catch {
                Issue.record("\(error); \(program) said: \(process.errors)")
            }
            process.send(SIGTERM)
            await process.end()
        }
    }

    /// Its sockets are inherited, as in an upgrade of a running nginx, so that the ports are surely free.
    private static func nginx(
        _ upstream: String,
        _ folder: String,
        _ certificate: String,
        _ key: String
    ) throws -> (UInt16, LinkWatchProcess) {
        let (plain, secure) = (try ListeningPort("127.0.0.1"), try ListeningPort("127.0.0.1"))
        let shipped = repository.appending(path: "deploy/nginx/linkwatch.conf")
        var site = try String(contentsOf: shipped, encoding: .utf8)
        for (text, replacement) in [
            ("unix:/run/linkwatch/http.sock", upstream), ("listen 80;", "listen 127.0.0.1:\(plain.port);"),
            ("listen [::]:80;", ""), ("listen 443 ssl", "listen 127.0.0.1:\(secure.port) ssl"),
            ("listen [::]:443 ssl http2;", ""), ("/etc/ssl/linkwatch/certificate.pem", certificate),
            ("/etc/ssl/linkwatch/key.pem", key), ("linkwatch.example.org", "localhost"),
        ] {
            try #require(site.contains(text), "\(text)")
            site = site.replacing(text, with: replacement)
        }
        let file = folder + "nginx.conf"
        try write(
            """
            user root; daemon off; worker_processes 1; pid \(folder)nginx.pid; error_log stderr;
            events { worker_connections 64; }
            http {
                access_log off;
                client_body_temp_path \(folder)body; proxy_temp_path \(folder)proxy; fastcgi_temp_path \(folder)fastcgi;
                uwsgi_temp_path \(folder)uwsgi; scgi_temp_path \(folder)scgi;
            \(site)
            }

            """,
            to: file
        )
        let process = try LinkWatchProcess(
            command: ["/usr/sbin/nginx", "-p", folder, "-c", file, "-e", "stderr"],
            environment: ["NGINX": "3;4;"],
            descriptors: [plain.descriptor, secure.descriptor]
        )
        return (secure.port, process)
    }

    private static func caddy(
        _ upstream: String,
        _ folder: String,
        _ certificate: String,
        _ key: String
    ) async throws -> (UInt16, LinkWatchProcess) {
        // It takes no sockets over, so its port is one that was free a moment ago.
        let port = try ListeningPort("127.0.0.1").port
        let file = folder + "Caddyfile"
        let shipped = repository.appending(path: "deploy/caddy/Caddyfile").path
        try write("{\n\tadmin off\n\tauto_https disable_redirects\n}\nimport \(shipped)\n", to: file)
        let process = try LinkWatchProcess(
            command: ["/usr/bin/caddy", "run", "--config", file, "--adapter", "caddyfile"],
            environment: [
                "HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder,
                "LINKWATCH_SITE": "https://localhost:\(port)",
                "LINKWATCH_UPSTREAM": upstream.replacing("unix:", with: "unix/"),
                "LINKWATCH_TLS": "tls \(certificate) \(key)",
            ]
        )
        try #require(
            await process.text(after: "serving initial configuration", on: .error) != nil,
            "\(process.errors)"
        )
        return (port, process)
    }

    private static let repository = LitestreamConfigurationTests.repository
}
