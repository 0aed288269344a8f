import HTTPServing
import HTTPTypes
import Locking
import Testing

@Suite(.timeLimit(.minutes(1))) struct StreamTests {
    private static func request(_ version: String = "1.1", _ method: String = "GET") -> String {
        "\(method) /later HTTP/\(version)\r\nHost: x\r\n\r\n"
    }

    @Test func `a stream of known length is sent with it`() async throws {
        let route = Route.asynchronous { _ in
            Response(
                body: .stream(contentLength: 6) { writer in
                    try await writer.write(Array("abc".utf8))
                    try await writer.write(Array("def".utf8))
                }
            )
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            for _ in 0..<2 {
                let answer = try await client.ask(Self.request())
                #expect(answer["content-length"] == "6")
                #expect(answer["transfer-encoding"] == nil)
                #expect(answer.text == "abcdef")
            }
            let head = try await client.ask(Self.request("1.1", "HEAD"))
            #expect(head["content-length"] == "6")
            #expect(try await client.ask(Self.request()).text == "abcdef")
        }
    }

    @Test func `a stream of unknown length is sent in chunks`() async throws {
        let route = Route.asynchronous { _ in
            Response(
                body: .stream { writer in
                    try await writer.write(Array("one".utf8))
                    try await writer.write([])
                    try await writer.write(Array("two".utf8))
                }
            )
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            for _ in 0..<2 {
                let answer = try await client.ask(Self.request())
                #expect(answer["transfer-encoding"] == "chunked")
                #expect(answer.text == "onetwo")
            }
        }
    }

    @Test func `HTTP/1·0 gets a stream up to the end of the connection`() async throws {
        let route = Route(
            .get,
            "/later",
            id: "later",
            summary: "",
            handler: .immediate { _ in
                Response(body: .stream { try await $0.write(Array("abc".utf8)) })
            }
        )
        try await withServer([route]) { server in
            let client = try await server.connect()
            let answer = try await client.ask(Self.request("1.0"))
            #expect(answer["transfer-encoding"] == nil)
            #expect(answer["connection"] == "close")
            #expect(answer.text == "abc")
        }
    }

    @Test func `a stream that ends early is seen to be truncated`() async throws {
        let route = Route.asynchronous { _ in
            Response(body: .stream(contentLength: 100) { try await $0.write(Array("abc".utf8)) })
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            await #expect(throws: RawClient.Failure.ended(before: "abc")) { _ = try await client.ask(Self.request()) }
            #expect(await server.exchanges.next().isComplete == false)
        }
    }

    @Test func `a stream that fails never sends the last chunk`() async throws {
        struct Broken: Error {}
        let route = Route.asynchronous { _ in
            Response(
                body: .stream { writer in
                    try await writer.write(Array("abc".utf8))
                    throw Broken()
                }
            )
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.request())
            #expect(try await client.receiveToEnd().hasSuffix("\r\n\r\n3\r\nabc\r\n"))
        }
    }

    @Test func `writing beyond the declared length is an error of the writer`() async throws {
        let events = EventStream<BodyWriterError?>()
        let route = Route.asynchronous { _ in
            Response(
                body: .stream(contentLength: 2) { writer in
                    do {
                        try await writer.write(Array("abc".utf8))
                    } catch {
                        events.tell(error as? BodyWriterError)
                    }
                }
            )
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.request())
            #expect(await events.next() == .beyondContentLength(by: 1))
        }
    }

    @Test func `an abort resets, before and in the middle of an answer`() async throws {
        let routes = [
            Route.asynchronous("/before") { _ in throw ConnectionAbort() },
            Route(.get, "/at-once", id: "at-once", summary: "", handler: .immediate { _ in throw ConnectionAbort() }),
            Route.asynchronous("/within") { _ in
                Response(
                    body: .stream(contentLength: 9) { writer in
                        try await writer.write(Array("abc".utf8))
                        throw ConnectionAbort()
                    }
                )
            },
        ]
        try await withServer(routes) { server in
            for path in ["/before", "/at-once", "/within"] {
                let client = try await server.connect()
                try await client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                await #expect(throws: RawClient.Failure.reset) { _ = try await client.receiveToEnd() }
            }
        }
    }

    @Test func `writing waits for the reader, who loses nothing`() async throws {
        let written = Locked(0)
        let piece = [UInt8](repeating: 0x61, count: 100_000)
        let route = Route.asynchronous { _ in
            Response(
                body: .stream(contentLength: 300 * piece.count) { writer in
                    for _ in 0..<300 {
                        try await writer.write(piece)
                        written.withLock { $0 += 1 }
                    }
                }
            )
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.request())
            // The first bytes are here; 30 MB do not fit into the sockets between.
            let head = try await client.receive(through: "\r\n\r\n")
            #expect(RawAnswer(head: head)["content-length"] == "30000000")
            #expect(written.withLock { $0 } < 300)
            let body = try await client.receive(exactly: 30_000_000)
            #expect(body.allSatisfy { $0 == 0x61 })
            #expect(await server.exchanges.next().isComplete)
        }
    }

    @Test func `a writer learns that the peer is gone`() async throws {
        let events = EventStream<Bool>()
        let route = Route.asynchronous { _ in
            Response(
                body: .stream { writer in
                    do {
                        while true { try await writer.write([UInt8](repeating: 0x61, count: 10_000)) }
                    } catch {
                        events.tell(error is BodyWriterError)
                        throw error
                    }
                }
            )
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.request())
            _ = try await client.receive(through: "\r\n\r\n")
            client.reset()
            #expect(await events.next())
        }
    }

    @Test func `a cancelled writer stops waiting`() async throws {
        let events = EventStream<Bool>()
        let route = Route.asynchronous { _ in
            Response(
                body: .stream { writer in
                    let flood = Task {
                        while true { try await writer.write([UInt8](repeating: 0x61, count: 1_000_000)) }
                    }
                    events.tell(true)
                    flood.cancel()
                    if case .failure(let error) = await flood.result { events.tell(error is CancellationError) }
                }
            )
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.request())
            #expect(await events.next())
            #expect(await events.next())
        }
    }
}
