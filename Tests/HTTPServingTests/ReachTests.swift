import HTTPServing
import Logging
import Testing

struct ReachTests {
    private func start(_ addresses: [ListenAddress]) async throws {
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(addresses: addresses, reach: .thisMachine(remedy: "say so")),
            router: try Router([.hello]),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try server.start()
        await server.stop(deadline: .zero)
    }

    @Test func `a server for this machine listens on loopback`() async throws {
        try await start([.ip(host: "127.0.0.1", port: 0), .ip(host: "127.8.9.10", port: 0)])
    }

    @Test(arguments: ["", "0.0.0.0"])
    func `where others could connect it does not start`(_ host: String) async throws {
        let error = await #expect(throws: HTTPServerError.self) {
            try await start([.ip(host: "127.0.0.1", port: 0), .ip(host: host, port: 0)])
        }
        #expect(error?.reason == "open_to_others")
        #expect(error?.description.hasSuffix(": it can be reached from other machines: say so") == true)
    }
}
