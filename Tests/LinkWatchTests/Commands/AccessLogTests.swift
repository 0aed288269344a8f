import CurlHTTP
import Foundation
import Testing

/// The log of requests, as a process writes it.
@Suite(.timeLimit(.minutes(3)))
struct AccessLogTests {
    private func withConfiguration(_ body: (String, String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "linkwatch.yaml"
            try write("listen: systemd\ndatabase: \(folder)linkwatch.db\nhttp: { access_log: true }\n", to: path)
            try await body(path, folder)
        }
    }

    private func withAPI(_ port: ListeningPort, _ body: (APIClient) async throws -> Void) async throws {
        let curl = CurlClient(userAgent: "linkwatch-tests", maximumConnections: 1)
        try await body(APIClient(curl: curl, base: "http://127.0.0.1:\(port.port)"))
        await curl.shutdown()
    }

    @Test func `each request is a line, without what may be a secret`() async throws {
        let port = try ListeningPort("127.0.0.1")
        try await withConfiguration { path, _ in
            try await with(try port.handed(to: "serve", "--config", path)) { process in
                try await withAPI(port) { api in
                    let answer = try await api.send("GET", "/api/v1/clusters/s3cret/links/s3cret?q=s3cret")
                    #expect(answer.status == 400)
                }
                let line = await process.text(after: "msg=request ", on: .error) ?? process.errors
                let expected =
                    #/http.bytes_sent=\d+ http.duration_seconds=\d\.\d{6} http.method=GET http.peer=127.0.0.1:\d+ (.*)/#
                let rest = line.wholeMatch(of: expected)?.1
                #expect(rest == "http.route=/api/v1/clusters/{cluster_id}/links/{link_name} http.status=400", "\(line)")
                process.send(SIGTERM)
                #expect(await process.end() == .exit(0))
                #expect(!process.errors.contains("s3cret"))
            }
        }
    }

    @Test func `requests are answered while nobody reads the log`() async throws {
        let port = try ListeningPort("127.0.0.1")
        try await withConfiguration { path, folder in
            let log = folder + "log"
            try #require(mkfifo(log, 0o600) == 0)
            // Held open and never read: a pipe takes 64 KiB, which is fewer lines than there are requests.
            let reader = open(log, O_RDWR | O_CLOEXEC)
            try #require(reader >= 0)
            defer { close(reader) }
            try await with(try port.handed(to: "serve", "--config", path, errors: log)) { _ in
                try await withAPI(port) { api in
                    for _ in 0..<1000 {
                        let answer = try await api.send("GET", "/livez")
                        try #require(answer.status == 200)
                    }
                }
            }
        }
    }
}
