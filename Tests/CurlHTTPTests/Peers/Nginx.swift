import Foundation

/// A real nginx with TLS and HTTP/2 on a free port of 127.0.0.1.
struct Nginx {
    let port: UInt16
    let certificates: Certificates

    func url(_ path: String = "/", host: String = "127.0.0.1") -> String { "https://\(host):\(port)\(path)" }
}

/// Lends an nginx with one server.
///
/// The listening socket is made here and inherited through the variable `NGINX`, as in an upgrade of a running nginx:
/// so its port is surely free, and a connection made before nginx is ready just waits. (It must have a master process:
/// nginx 1.22 alone crashes on an inherited socket.)
func withNginx(
    certificate: KeyPath<Certificates, String> = \.server,
    http2: Bool = false,
    directives: String = "",
    isolation: isolated (any Actor)? = #isolation,
    _ body: (Nginx) async throws -> Void
) async throws {
    let program = try TestProgram("nginx", package: "nginx-light")
    try await withCertificates { certificates in
        let child: TestProgram.Child
        let nginx: Nginx
        let log = certificates.folder.appending(path: "nginx.log")
        do {
            let listener = try LoopbackListener()
            nginx = Nginx(port: listener.port, certificates: certificates)
            let path = certificates.folder.path
            let configuration = """
                daemon off; worker_processes 1; pid \(path)/nginx.pid; error_log stderr;
                events { worker_connections 512; }
                http {
                    access_log off;
                    client_body_temp_path \(path)/body; proxy_temp_path \(path)/proxy; fastcgi_temp_path \(path)/fastcgi;
                    uwsgi_temp_path \(path)/uwsgi; scgi_temp_path \(path)/scgi;
                    server {
                        listen 127.0.0.1:\(listener.port) ssl\(http2 ? " http2" : "");
                        ssl_certificate \(certificates[keyPath: certificate]);
                        ssl_certificate_key \(certificates.key);
                        ssl_session_cache shared:tests:1m;
                        \(directives)
                        location / { return 200 "$ssl_session_reused $connection $ssl_client_s_dn"; }
                    }
                }
                """
            let file = certificates.folder.appending(path: "nginx.conf")
            try configuration.write(to: file, atomically: true, encoding: .utf8)
            child = try program.start(
                ["-p", path, "-c", file.path, "-e", "stderr"],
                log: log,
                environment: ["NGINX": "0;"],
                input: FileHandle(fileDescriptor: listener.descriptor, closeOnDealloc: false)
            )
        }
        do {
            try await body(nginx)
        } catch {
            await child.end(by: SIGTERM)
            let words = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            throw TestProgram.Failure(description: "\(error); nginx said: \(words)")
        }
        await child.end(by: SIGTERM)
    }
}
