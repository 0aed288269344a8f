import HTTPServing
import HTTPTypes
import Logging
import Testing

@Suite(.timeLimit(.minutes(1))) struct StopTests {
    private static let later = "GET /later HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `what is in flight is answered, what is idle is closed, and nobody new is let in`() async throws {
        let begun = EventStream<Void>()
        let gate = EventStream<Void>()
        let route = Route.asynchronous { _ in
            begun.tell(())
            await gate.next()
            return .bytes(Array("late".utf8), contentType: "text/plain")
        }
        try await withServer([route, .hello]) { server in
            let idle = try await server.connect()
            #expect(try await idle.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
            let busy = try await server.connect()
            try await busy.send(Self.later)
            await begun.next()
            let stop = Task { await server.server.stop(deadline: .seconds(30)) }
            #expect(try await idle.receiveToEnd().isEmpty)
            await #expect(throws: RawClient.Failure.self) { _ = try await server.connect() }
            gate.tell(())
            let answer = try await busy.answer()
            #expect(answer.text == "late")
            #expect(answer["connection"] == "close")
            #expect(try await busy.receiveToEnd().isEmpty)
            await stop.value
            #expect(server.server.connections == 0)
        }
    }

    @Test func `what was pipelined behind the last answer is not answered`() async throws {
        let begun = EventStream<Void>()
        let gate = EventStream<Void>()
        let route = Route.asynchronous { _ in
            begun.tell(())
            await gate.next()
            return .bytes(Array("late".utf8), contentType: "text/plain")
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.later + Self.later + Self.later)
            await begun.next()
            let idle = try await server.connect()
            let stop = Task { await server.server.stop(deadline: .seconds(30)) }
            #expect(try await idle.receiveToEnd().isEmpty)
            gate.tell(())
            let answer = try await client.answer()
            #expect(answer.text == "late")
            // RFC 9112 §9.6: what follows is the client's to send again.
            #expect(answer["connection"] == "close")
            #expect(try await client.receiveToEnd().isEmpty)
            client.leave()
            await stop.value
            #expect(begun.isEmpty)
        }
    }

    @Test func `a request that has begun may be finished`() async throws {
        try await withServer([.hello, .echo]) { server in
            let parts = [
                ("GET /hel", "lo HTTP/1.1\r\nHost: x\r\n\r\n", "hello\n"),
                ("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nhel", "lo\n", "hello\n"),
                (
                    "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n", "hello\n\r\n0\r\n\r\n",
                    "hello\n"
                ),
            ]
            var clients: [RawClient] = []
            for (first, _, _) in parts {
                let client = try await server.connect()
                // The answer to the request before tells that the rest was read with it.
                try await client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n" + first)
                #expect(try await client.answer().status == 200)
                clients.append(client)
            }
            let idle = try await server.connect()
            let stop = Task { await server.server.stop(deadline: .seconds(30)) }
            #expect(try await idle.receiveToEnd().isEmpty)
            for (client, (_, rest, text)) in zip(clients, parts) {
                let answer = try await client.ask(rest)
                #expect(answer.text == text)
                #expect(answer["connection"] == "close")
                #expect(try await client.receiveToEnd().isEmpty)
                client.leave()
            }
            await stop.value
        }
    }

    @Test func `a stream in flight is sent to its end`() async throws {
        let steps = EventStream<Void>()
        let route = Route.asynchronous { _ in
            Response(
                body: .stream { writer in
                    try await writer.write(Array("one".utf8))
                    await steps.next()
                    try await writer.write([UInt8](repeating: 0x61, count: 4_000_000))
                }
            )
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.later)
            _ = try await client.receive(through: "3\r\none\r\n")
            let idle = try await server.connect()
            let stop = Task { await server.server.stop(deadline: .seconds(30)) }
            #expect(try await idle.receiveToEnd().isEmpty)
            steps.tell(())
            #expect(try await client.receive(through: "\r\n") == "3d0900\r\n")
            #expect(try await client.receive(exactly: 4_000_000).count == 4_000_000)
            #expect(try await client.receiveToEnd() == "\r\n0\r\n\r\n")
            client.leave()
            await stop.value
        }
    }

    @Test func `a deadline without end, and time-outs without end, are none`() async throws {
        let forever = Duration.seconds(Int64.max)
        let begun = EventStream<Void>()
        let gate = EventStream<Void>()
        let route = Route.asynchronous { _ in
            begun.tell(())
            await gate.next()
            return Response()
        }
        let configuration = HTTPServerConfiguration(
            timeouts: HTTPTimeouts(
                head: forever,
                body: forever,
                idle: forever,
                write: forever,
                linger: forever,
                halfClosed: forever
            )
        )
        try await withServer([route, .hello], configuration: configuration) { server in
            let client = try await server.connect()
            #expect(try await client.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
            try await client.send(Self.later)
            await begun.next()
            client.finishSending()
            let idle = try await server.connect()
            let stop = Task { await server.server.stop(deadline: forever) }
            #expect(try await idle.receiveToEnd().isEmpty)
            gate.tell(())
            #expect(try await client.answer().status == 200)
            #expect(try await client.receiveToEnd().isEmpty)
            await stop.value
        }
    }

    @Test func `at the deadline handlers are cancelled and connections reset`() async throws {
        let events = EventStream<String>()
        try await withServer([.hanging(events)]) { server in
            let client = try await server.connect()
            try await client.send(Self.later)
            #expect(await events.next() == "begun")
            await server.server.stop(deadline: .milliseconds(50))
            #expect(await events.next() == "cancelled")
            #expect(server.server.connections == 0)
            await #expect(throws: RawClient.Failure.reset) { _ = try await client.receiveToEnd() }
        }
    }

    @Test func `stopping waits until cancelled handlers have ended`() async throws {
        let events = EventStream<String>()
        let cleaning = EventStream<Void>()
        let route = Route.asynchronous { _ in
            events.tell("begun")
            try? await hangUntilCancelled()
            events.tell("cancelled")
            await cleaning.next()
            events.tell("ended")
            return Response()
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.later)
            #expect(await events.next() == "begun")
            let stop = Task {
                await server.server.stop(deadline: .zero)
                events.tell("stopped")
            }
            #expect(await events.next() == "cancelled")
            cleaning.tell(())
            #expect(await events.next() == "ended")
            #expect(await events.next() == "stopped")
            await stop.value
        }
    }

    @Test func `stopping does not wait for a handler that does not heed its cancellation`() async throws {
        let begun = EventStream<Void>()
        let ends = EventStream<Void>()
        let route = Route.asynchronous { _ in
            begun.tell(())
            await ends.next()
            return Response()
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.later)
            await begun.next()
            await server.server.stop(deadline: .zero)
            #expect(server.server.connections == 0)
            ends.tell(())
        }
    }

    @Test func `cancelling run stops gracefully`() async throws {
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(),
            router: try Router([.hello]),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let addresses = try server.start()
        let run = Task { try await server.run() }
        let client = try await RawClient(addresses[0])
        #expect(try await client.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
        run.cancel()
        try await run.value
        #expect(try await client.receiveToEnd().isEmpty)
        #expect(server.connections == 0)
    }

    @Test func `a server starts once, and stopping twice is one stop`() async throws {
        try await withServer { server in
            #expect(throws: HTTPServerError.alreadyStarted) { try server.server.start() }
            await server.server.stop(deadline: .zero)
            await server.server.stop(deadline: .zero)
            #expect(throws: HTTPServerError.alreadyStarted) { try server.server.start() }
        }
    }

    @Test func `a server that is dropped lets go of its clients and its port`() async throws {
        var server: HTTPServer? = HTTPServer(
            configuration: HTTPServerConfiguration(),
            router: try Router([.hello]),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let address = try #require(try server?.start().first)
        let client = try await RawClient(address)
        #expect(try await client.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
        server = nil
        #expect(try await client.receiveToEnd().isEmpty)
    }
}
