import Foundation
import Testing

@testable import HTTPServing

struct HandedOverSocketsTests {
    private static let own: pid_t = 4711

    private func handedOver(_ environment: [String: String]) throws -> [HandedOverSockets.Socket] {
        // Far beyond what is open here, so that nothing of the tests' own is touched.
        let sockets = HandedOverSockets(environment: environment, processID: Self.own, firstDescriptor: 1 << 20)
        return try sockets.take(named: nil)
    }

    @Test func `the environment tells their number and their names`() throws {
        let sockets = try handedOver(["LISTEN_PID": "4711", "LISTEN_FDS": "3", "LISTEN_FDNAMES": "web::web"])
        #expect(sockets.map(\.descriptor) == [1 << 20, (1 << 20) + 1, (1 << 20) + 2])
        #expect(sockets.map(\.name) == ["web", "", "web"])
        let nameless = try handedOver(["LISTEN_PID": "4711", "LISTEN_FDS": "2"])
        #expect(nameless.map(\.name) == ["unknown", "unknown"])
    }

    @Test(arguments: [
        [:], ["LISTEN_FDS": "1"], ["LISTEN_PID": "4711"], ["LISTEN_PID": "4712", "LISTEN_FDS": "1"],
        ["LISTEN_PID": "4712", "LISTEN_FDS": "x"],
    ])
    func `what is meant for nobody or for another process is nothing`(_ environment: [String: String]) {
        #expect(throws: HTTPServerError.notHandedOver("systemd", others: [])) { try handedOver(environment) }
    }

    @Test(arguments: [
        ("LISTEN_PID", ["LISTEN_PID": "me", "LISTEN_FDS": "1"]), ("LISTEN_PID", ["LISTEN_PID": "0"]),
        ("LISTEN_FDS", ["LISTEN_PID": "4711", "LISTEN_FDS": "0"]),
        ("LISTEN_FDS", ["LISTEN_PID": "4711", "LISTEN_FDS": "2147483647"]),
        ("LISTEN_FDS", ["LISTEN_PID": "4711", "LISTEN_FDS": "two"]),
        ("LISTEN_FDNAMES", ["LISTEN_PID": "4711", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "a"]),
        ("LISTEN_FDNAMES", ["LISTEN_PID": "4711", "LISTEN_FDS": "1", "LISTEN_FDNAMES": "a:b"]),
    ])
    func `values that contradict the protocol are refused`(_ variable: String, _ environment: [String: String]) {
        let error = #expect(throws: HTTPServerError.self) { try handedOver(environment) }
        #expect(error == .badHandover(variable: variable, value: environment[variable] ?? ""))
        #expect(error?.reason == "bad_handover")
    }

    @Test func `each is taken once, by its name or with all`() throws {
        let sockets = HandedOverSockets(
            environment: ["LISTEN_PID": "4711", "LISTEN_FDS": "3", "LISTEN_FDNAMES": "a:b:a"],
            processID: Self.own,
            firstDescriptor: 1 << 20
        )
        #expect(throws: HTTPServerError.notHandedOver("systemd:c", others: ["a", "b", "a"])) {
            try sockets.take(named: "c")
        }
        #expect(try sockets.take(named: "a").count == 2)
        #expect(throws: HTTPServerError.notHandedOver("systemd:a", others: ["b"])) { try sockets.take(named: "a") }
        #expect(try sockets.take(named: nil).map(\.name) == ["b"])
        #expect(throws: HTTPServerError.notHandedOver("systemd", others: [])) { try sockets.take(named: nil) }
    }

    @Test func `a listening socket is adopted with its address, and no child or wait can have it`() throws {
        let descriptor = try openSocket(SOCK_STREAM, listening: true)
        let adopted = try ListeningSocket.adopt(HandedOverSockets.Socket(descriptor: descriptor, name: "web"))
        guard case .ip("127.0.0.1", let port) = adopted.address else {
            Issue.record("\(adopted.address)")
            return
        }
        #expect(port > 0)
        #expect(fcntl(descriptor, F_GETFL) & O_NONBLOCK != 0)
        adopted.close()
        #expect(fcntl(descriptor, F_GETFL) == -1)
    }

    @Test func `no child holds what is handed over`() throws {
        let descriptor = try openSocket(SOCK_STREAM, listening: true)
        defer { close(descriptor) }
        #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC == 0)
        _ = HandedOverSockets(
            environment: ["LISTEN_PID": "4711", "LISTEN_FDS": "1"],
            processID: Self.own,
            firstDescriptor: descriptor
        )
        #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
    }

    @Test func `the file of an adopted unix socket stays`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "hs-\(UUID().uuidString.prefix(8))").path()
        defer { unlink(path) }
        for name in [path, "\u{0}" + path] {
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            let address = try #require(SocketAddress(unixPath: name))
            // An abstract name is all the bytes that are told.
            let length = socklen_t(MemoryLayout<sa_family_t>.size + name.utf8.count)
            try #require(address.withPointer { pointer, _ in bind(descriptor, pointer, length) } == 0)
            try #require(listen(descriptor, 1) == 0)
            let adopted = try ListeningSocket.adopt(HandedOverSockets.Socket(descriptor: descriptor, name: "web"))
            #expect(adopted.address == .unix(path: name == path ? path : "@" + path))
            #expect(adopted.address.isLoopback)
            adopted.close()
        }
        #expect(access(path, F_OK) == 0)
    }

    @Test func `what is no listening stream socket is refused and closed`() throws {
        var pipes: [Int32] = [0, 0]
        try #require(pipe(&pipes) == 0)
        defer { close(pipes[1]) }
        let others = [
            try openSocket(SOCK_STREAM, listening: false), try openSocket(SOCK_DGRAM, listening: false), pipes[0],
        ]
        for descriptor in others {
            #expect(throws: HTTPServerError.notListening("systemd:web (descriptor \(descriptor))")) {
                try ListeningSocket.adopt(HandedOverSockets.Socket(descriptor: descriptor, name: "web"))
            }
        }
        let error = #expect(throws: HTTPServerError.self) {
            try ListeningSocket.adopt(HandedOverSockets.Socket(descriptor: 1 << 20, name: "web"))
        }
        #expect(error == .system(call: "getsockopt", subject: "systemd:web (descriptor 1048576)", code: EBADF))
    }

    private func openSocket(_ type: __socket_type, listening: Bool) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(type.rawValue), 0)
        var address = try #require(try HostLookup.addresses(of: "127.0.0.1", name: "test").first)
        address.set(port: 0)
        try #require(address.withPointer { bind(descriptor, $0, $1) } == 0)
        if listening { try #require(listen(descriptor, 1) == 0) }
        return descriptor
    }
}
