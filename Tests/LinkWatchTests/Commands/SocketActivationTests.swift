import CurlHTTP
import Foundation
import Testing

/// Sockets that were open before the service: handed over by systemd's own tool, or as it does it.
@Suite(.timeLimit(.minutes(3)))
struct SocketActivationTests {
    /// Lends the path of a configuration.
    private func withConfiguration(
        listen: String,
        more: String = "",
        _ body: (String, String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "linkwatch.yaml"
            try write("listen: \(listen)\ndatabase: \(folder)linkwatch.db\n\(more)", to: path)
            try await body(path, folder)
        }
    }

    @Test func `the first request to systemd's socket starts the service, which answers it and leaves the file`()
        async throws
    {
        try await withConfiguration(listen: "[systemd:web, 127.0.0.1:0]") { path, folder in
            let socket = folder + "http.sock"
            let process = try LinkWatchProcess(
                ["serve", "--config", path],
                through: [
                    "/usr/bin/systemd-socket-activate", "--fdname=other:web", "-E", "SWIFT_BACKTRACE=enable=no",
                    "--listen=" + folder + "other.sock", "--listen=" + socket,
                ]
            )
            try await with(process) { process in
                _ = await process.text(after: "Listening on \(socket) as ", on: .error)
                #expect(!process.errors.contains("msg=listening"))
                let answer = try await UnixPeer.ask(
                    socket,
                    "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                )
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(await process.text(after: "http.address=unix:\(socket)", on: .error) == "")
                #expect(await process.text(after: "http.address=127.0.0.1:", on: .error) != nil)
                process.send(SIGTERM)
                #expect(await process.end() == .exit(0))
                #expect(access(socket, F_OK) == 0)
            }
        }
    }

    @Test func `a port that is handed over is served`() async throws {
        try await withConfiguration(listen: "systemd") { path, _ in
            let socket = try ListeningPort("127.0.0.1")
            try await with(try socket.handed(to: "serve", "--config", path)) { process in
                let address = await process.text(after: "msg=listening http.address=", on: .error)
                #expect(address == "127.0.0.1:\(socket.port)", "\(process.errors)")
                let curl = CurlClient(userAgent: "linkwatch-tests", maximumConnections: 1)
                let api = APIClient(curl: curl, base: "http://127.0.0.1:\(socket.port)")
                let answer = try await api.send("GET", "/livez")
                #expect(answer.status == 200)
                await curl.shutdown()
            }
        }
    }

    @Test func `a port that others can reach takes tokens or a word, as a configured one does`() async throws {
        let socket = try ListeningPort("0.0.0.0")
        try await withConfiguration(listen: "systemd") { path, _ in
            let process = try socket.handed(to: "serve", "--config", path)
            #expect(await process.end() == .exit(1))
            let sentence = "can be reached from other machines: add auth.tokens, or say auth.anonymous: read"
            #expect(process.errors.contains("0.0.0.0:\(socket.port): it \(sentence)\n"), "\(process.errors)")
        }
        try await withConfiguration(listen: "systemd", more: "auth: { anonymous: read }\n") { path, _ in
            try await with(try socket.handed(to: "serve", "--config", path)) { process in
                let address = await process.text(after: "msg=listening http.address=", on: .error)
                #expect(address == "0.0.0.0:\(socket.port)", "\(process.errors)")
            }
        }
    }

    @Test func `a name that was not handed over is told with those that were`() async throws {
        let socket = try ListeningPort("127.0.0.1")
        try await withConfiguration(listen: "systemd:web") { path, _ in
            let process = try socket.handed(to: "serve", "--config", path, as: "metrics")
            #expect(await process.end() == .exit(1))
            let sentence = "cannot listen on systemd:web: handed over are metrics; set FileDescriptorName="
            #expect(process.errors.contains(sentence), "\(process.errors)")
        }
    }

    @Test func `a start without a socket unit says that one is missing`() async throws {
        try await withConfiguration(listen: "systemd") { path, _ in
            let result = try await runLinkWatch("serve", "--config", path)
            #expect(result.ending == .exit(1))
            #expect(result.errors.contains("cannot listen on systemd: no socket was handed over to this process"))
        }
    }
}

/// A client of a unix socket, on a thread of its own.
private enum UnixPeer {
    static func ask(_ path: String, _ request: String) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try ask(path, request) }) }
        }
    }

    private static func ask(_ path: String, _ request: String) throws -> String {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(result == 0)
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let bytes = Array(request.utf8)
        try #require(send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
            answer += buffer[..<count]
        }
    }
}
