import Foundation
import HTTPServing
import Testing

/// No descriptors left: accepting pauses, and nothing else.
///
/// In processes of their own, for the limit is the whole process's.
@Suite(.timeLimit(.minutes(1))) struct DescriptorShortageTests {
    private static let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

    /// Lowers the limit and takes every descriptor that is left but one, which is the next client's, so the server has none.
    private static func hoard() -> [Int32] {
        var limit = rlimit(rlim_cur: 256, rlim_max: 256)
        #expect(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
        var hoard: [Int32] = []
        while case let descriptor = dup(0), descriptor >= 0 { hoard.append(descriptor) }
        close(hoard.removeLast())
        return hoard
    }

    @Test func `established connections go on, and accepting does once there are descriptors again`() async {
        await #expect(processExitsWith: .success) {
            try await withServer { server in
                let steady = try await server.connect()
                #expect(try await steady.ask(Self.hello).status == 200)
                let hoard = Self.hoard()
                let waiting = try await server.connect()
                for _ in 0..<3 { #expect(try await steady.ask(Self.hello).status == 200) }
                #expect(server.server.connections == 1)
                for descriptor in hoard { close(descriptor) }
                #expect(try await waiting.ask(Self.hello).status == 200)
                for _ in 0..<10 { #expect(try await server.connect().ask(Self.hello).status == 200) }
            }
        }
    }

    @Test func `whoever waits is answered though the server stops`() async {
        await #expect(processExitsWith: .success) {
            try await withServer { server in
                let steady = try await server.connect()
                #expect(try await steady.ask(Self.hello).status == 200)
                let hoard = Self.hoard()
                let waiting = try await server.connect()
                try await waiting.send(Self.hello)
                #expect(try await steady.ask(Self.hello).status == 200)
                for descriptor in hoard { close(descriptor) }
                await server.server.stop(deadline: .seconds(20))
                #expect(try await waiting.answer().status == 200)
                #expect(try await waiting.receiveToEnd().isEmpty)
                #expect(try await steady.receiveToEnd().isEmpty)
            }
        }
    }

    @Test func `a server stops without descriptors too`() async {
        await #expect(processExitsWith: .success) {
            try await withServer { server in
                let steady = try await server.connect()
                #expect(try await steady.ask(Self.hello).status == 200)
                let hoard = Self.hoard()
                let waiting = try await server.connect()
                #expect(try await steady.ask(Self.hello).status == 200)
                await server.server.stop(deadline: .seconds(20))
                #expect(try await steady.receiveToEnd().isEmpty)
                await #expect(throws: RawClient.Failure.reset) { _ = try await waiting.receiveToEnd() }
                for descriptor in hoard { close(descriptor) }
            }
        }
    }
}
