import Foundation
import Measuring

/// nginx at its best for this: what is open stays open, nothing is logged, no connection is closed.
///
/// Directives: https://nginx.org/en/docs/http/ngx_http_core_module.html.
struct NginxConfiguration {
    /// One path, the file with its bytes, and the answer whose header fields are to be sent too.
    struct Page {
        let path: String
        let file: String
        let answer: Answer
    }

    /// As many as the service has event loops.
    static let workers = max(1, ProcessInfo.processInfo.activeProcessorCount / 2)

    let port: UInt16
    let folder: String
    let pages: [Page]

    var text: String {
        """
        daemon off;
        \(geteuid() == 0 ? "user root;" : "")
        worker_processes \(Self.workers);
        pid \(folder)/nginx.pid;
        events { worker_connections 12000; }
        http {
            access_log off;
            server_tokens off;
            sendfile on;
            sendfile_max_chunk 0;
            tcp_nopush on;
            tcp_nodelay on;
            keepalive_requests 1000000000;
            keepalive_timeout 1h;
            open_file_cache max=16 inactive=1h;
            open_file_cache_valid 1h;
            open_file_cache_min_uses 1;
            gzip_static on;
            gzip_vary on;
            max_ranges 0;
            types {}
            \(Self.temporaryPaths.map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " "))
            server {
                listen 127.0.0.1:\(port) backlog=4096;
        \(pages.map(location).joined(separator: "\n"))
            }
        }
        """
    }

    private static let temporaryPaths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]

    /// The ETag is nginx's own, because it answers 304 to no other; it takes the place of `Last-Modified`.
    private func location(_ page: Page) -> String {
        let own: Set<String> = ["date", "content-type", "content-length", "etag", "last-modified"]
        let fields = page.answer.fields.filter { field in
            // `gzip_vary` sends this one.
            !own.contains(field.name.lowercased()) && field.value.lowercased() != "accept-encoding"
        }
        let lines =
            ["alias \(page.file);", "default_type \"\(page.answer["Content-Type"] ?? "")\";"]
            + fields.map { "add_header \($0.name) \"\($0.value)\";" } + ["add_header Last-Modified \"\";"]
        return "        location = \(page.path) { \(lines.joined(separator: " ")) }"
    }
}
