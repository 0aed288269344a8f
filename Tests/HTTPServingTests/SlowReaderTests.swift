import Foundation
import HTTPServing
import HTTPTypes
import Locking
import Testing

/// Peers that do not read, or slowly.
@Suite(.timeLimit(.minutes(1))) struct SlowReaderTests {
    private static let large = Route.immediate("/large") { _ in
        Response(body: .bytes([UInt8](repeating: 0x61, count: 16_000_000)))
    }

    private static func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n" }

    @Test func `a reader that does not read is reset`() async throws {
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(write: .milliseconds(80)))
        try await withServer([Self.large], configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send(Self.get("/large"))
            let exchange = await server.exchanges.next()
            #expect(!exchange.isComplete)
            #expect(exchange.status == 200)
            #expect(exchange.bytesSent < 16_000_000)
            await #expect(throws: RawClient.Failure.reset) { _ = try await client.receiveToEnd() }
        }
    }

    @Test func `a body from a file reaches readers of every socket whole, and slow ones too`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "hs-\(UUID().uuidString.prefix(8))").path()
        let body = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 % 251) }
        let file = Representation(contentType: "a/b", body: body, etag: "v1", compressible: false, isSentOften: true)
        let routes = [Route.immediate("/file") { _ in .representation(file) }, .hello]
        let configuration = HTTPServerConfiguration(addresses: [.ip(host: "127.0.0.1", port: 0), .unix(path: path)])
        try await withServer(routes, configuration: configuration) { server in
            let clients = [
                try await RawClient(server.addresses[0], receiveBuffer: 100_000), try await server.connect(1),
            ]
            for client in clients {
                try await client.send(Self.get("/file") + Self.get("/hello") + Self.get("/file"))
                // Nobody reads until all is asked for, and the kernel takes a part only.
                #expect(try await client.answer().body == body)
                #expect(try await client.answer().text == "hello\n")
                #expect(try await client.answer().body == body)
            }
        }
    }

    @Test func `a reader that does not read a unix socket is let go too`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "hs-\(UUID().uuidString.prefix(8))").path()
        let configuration = HTTPServerConfiguration(
            addresses: [.unix(path: path)],
            timeouts: HTTPTimeouts(write: .milliseconds(80))
        )
        try await withServer([Self.large], configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send(Self.get("/large"))
            #expect(await server.exchanges.next().isComplete == false)
            while server.server.connections > 0 { await Task.yield() }
        }
    }

    @Test func `a stream whose reader does not read is reset, and its writer told`() async throws {
        let events = EventStream<BodyWriterError?>()
        let route = Route.asynchronous("/stream") { _ in
            Response(
                body: .stream { writer in
                    do {
                        while true { try await writer.write([UInt8](repeating: 0x61, count: 100_000)) }
                    } catch {
                        events.tell(error as? BodyWriterError)
                        throw error
                    }
                }
            )
        }
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(write: .milliseconds(80)))
        try await withServer([route], configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send(Self.get("/stream"))
            #expect(await events.next() == .connectionClosed)
            #expect(await server.exchanges.next().isComplete == false)
            await #expect(throws: RawClient.Failure.reset) { _ = try await client.receiveToEnd() }
        }
    }

    @Test func `who pipelines and does not read is not read either`() async throws {
        let route = Route.immediate("/kilobytes") { _ in Response(body: .bytes([UInt8](repeating: 0x61, count: 4000))) }
        let configuration = HTTPServerConfiguration(eventQueues: 1)
        try await withServer([route, .hello], configuration: configuration) { server in
            let client = try await server.connect()
            let count = 10_000
            let sending = Task {
                // 40 MB of answers fit into no buffer, so the server must stop reading, and this waits.
                try await client.send(String(repeating: Self.get("/kilobytes"), count: count))
            }
            _ = await server.exchanges.next()
            let other = try await server.connect()
            for _ in 0..<10 { #expect(try await other.ask(Self.get("/hello")).text == "hello\n") }
            for _ in 0..<count { #expect(try await client.answer().body.count == 4000) }
            _ = try await sending.value
        }
    }

    @Test func `who pipelines and never reads is reset`() async throws {
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(write: .milliseconds(80)))
        try await withServer(configuration: configuration) { server in
            let client = try await server.connect()
            let requests = String(repeating: Self.get("/hello"), count: 10_000)
            while try await client.send(requests) == requests.utf8.count {}
            while server.server.connections > 0 { await Task.yield() }
        }
    }

    @Test func `what several tasks write to one stream arrives in whole pieces`() async throws {
        let route = Route.asynchronous("/stream") { _ in
            Response(
                body: .stream { writer in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for index in 0..<8 {
                            let piece = [UInt8](repeating: UInt8(0x61 + index), count: 100_000)
                            group.addTask { for _ in 0..<10 { try await writer.write(piece) } }
                        }
                        try await group.waitForAll()
                    }
                }
            )
        }
        try await withServer([route]) { server in
            let client = try await RawClient(server.addresses[0], receiveBuffer: 100_000)
            let body = try await client.ask(Self.get("/stream")).body
            #expect(body.count == 8_000_000)
            var counts: [UInt8: Int] = [:]
            for start in stride(from: 0, to: body.count, by: 100_000) {
                let piece = body[start..<start + 100_000]
                if let first = piece.first, piece.allSatisfy({ $0 == first }) { counts[first, default: 0] += 1 }
            }
            #expect(counts.count == 8)
            #expect(counts.values.allSatisfy { $0 == 10 })
        }
    }

    @Test func `writing waits for the reader though the writer was cancelled`() async throws {
        let written = Locked(0)
        let events = EventStream<Void>()
        let route = Route.asynchronous("/stream") { _ in
            Response(
                body: .stream { writer in
                    let flood = Task {
                        // It heeds neither its cancellation nor any error.
                        for _ in 0..<200 {
                            try? await writer.write([UInt8](repeating: 0x61, count: 1_000_000))
                            written.withLock { $0 += 1 }
                        }
                    }
                    flood.cancel()
                    await flood.value
                    events.tell(())
                }
            )
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.get("/stream"))
            await events.next()
            #expect(written.withLock { $0 } == 200)
            // What the kernel took, and one piece beyond, was kept for the client.
            #expect(try await client.answer().body.count < 50_000_000)
        }
    }
}
