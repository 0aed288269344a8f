import Foundation
import HTTPServing
import HTTPTypes
import Logging
import Testing

@Suite(.timeLimit(.minutes(1))) struct ListeningTests {
    private static let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

    private func server(_ address: ListenAddress, mode: UInt16 = 0o600) throws -> HTTPServer {
        HTTPServer(
            configuration: HTTPServerConfiguration(addresses: [address], unixSocketMode: mode),
            router: try Router([.hello]),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "hs-\(UUID().uuidString.prefix(8))").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    @Test func `several addresses of several families are served`() async throws {
        try await withFolder { folder in
            let configuration = HTTPServerConfiguration(addresses: [
                .ip(host: "127.0.0.1", port: 0), .ip(host: "", port: 0), .unix(path: folder + "/s"),
            ])
            let route = Route(
                .get,
                "/peer",
                id: "peer",
                summary: "",
                handler: .immediate { .bytes(Array("\($0.peer.isLoopback)".utf8), contentType: "text/plain") }
            )
            try await withServer([route], configuration: configuration) { server in
                #expect(server.addresses.count == 3)
                #expect(server.addresses[0].port != 0)
                let every = BoundAddress.ip(host: "127.0.0.1", port: server.addresses[1].port ?? 0)
                for address in [server.addresses[0], every, server.addresses[2]] {
                    let client = try await RawClient(address)
                    #expect(try await client.ask("GET /peer HTTP/1.1\r\nHost: x\r\n\r\n").text == "true")
                }
            }
        }
    }

    @Test func `a port in use is an error that names it, and nothing stays bound`() async throws {
        try await withServer { first in
            guard let port = first.addresses[0].port else { return }
            let other = HTTPServer(
                configuration: HTTPServerConfiguration(addresses: [
                    .ip(host: "127.0.0.1", port: 0), .ip(host: "127.0.0.1", port: port),
                ]),
                router: try Router([.hello]),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            let error = #expect(throws: HTTPServerError.self) { try other.start() }
            #expect(error == .addressInUse("127.0.0.1:\(port)"))
            #expect(error?.description.contains("127.0.0.1:\(port)") == true)
            #expect(error?.reason == "address_in_use")
        }
    }

    @Test func `a unix socket has its mode, and goes with its server`() async throws {
        try await withFolder { folder in
            let path = folder + "/s"
            let server = try server(.unix(path: path), mode: 0o640)
            #expect(try server.start() == [.unix(path: path)])
            var status = stat()
            #expect(lstat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o640)
            #expect(throws: HTTPServerError.addressInUse("unix:\(path)")) {
                try self.server(.unix(path: path)).start()
            }
            await server.stop(deadline: .zero)
            #expect(lstat(path, &status) != 0)
        }
    }

    @Test func `a stale socket is replaced, another file is not`() async throws {
        try await withFolder { folder in
            let stale = folder + "/stale"
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: stale.utf8) }
            let bound = withUnsafePointer(to: &name) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            #expect(bound == 0)
            close(descriptor)
            let server = try server(.unix(path: stale))
            try server.start()
            await server.stop(deadline: .zero)

            let file = folder + "/file"
            try Data("mine".utf8).write(to: URL(filePath: file))
            #expect(throws: HTTPServerError.pathOccupied(file)) {
                try self.server(.unix(path: file)).start()
            }
            #expect(FileManager.default.fileExists(atPath: file))
        }
    }

    @Test func `what cannot be listened on is told apart`() throws {
        #expect(throws: HTTPServerError.addressNotAvailable("203.0.113.1:0")) {
            try server(.ip(host: "203.0.113.1", port: 0)).start()
        }
        let long = "/tmp/" + String(repeating: "a", count: 200)
        #expect(throws: HTTPServerError.pathTooLong(long, limit: 107)) {
            try server(.unix(path: long)).start()
        }
        #expect(throws: HTTPServerError.noAddresses) {
            try HTTPServer(
                configuration: HTTPServerConfiguration(addresses: []),
                router: try Router([.hello]),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ).start()
        }
        let error = #expect(throws: HTTPServerError.self) {
            try server(.ip(host: "nowhere.invalid", port: 0)).start()
        }
        #expect(error?.reason == "unresolvable")
    }
}
