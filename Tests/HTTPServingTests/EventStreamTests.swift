import HTTPServing
import HTTPTypes
import Logging
import Testing

/// Streams of server-sent events over a real socket.
struct EventStreamTests {
    private static let request = "GET /later HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n"

    /// Sends one event and then waits for as long as its task may.
    private static func silentAfterOne(_ ends: EventStream<Bool>) -> Route {
        .asynchronous { _ in
            .events { events in
                try await events.send(ServerSentEvent("one", event: "first", id: "1"))
                do {
                    try await hangUntilCancelled()
                } catch {
                    ends.tell(Task.isCancelled)
                    throw error
                }
            }
        }
    }

    private func chunk(_ client: RawClient) async throws -> String {
        let size = try await client.receive(through: "\r\n")
        let bytes = try await client.receive(exactly: (Int(size.dropLast(), radix: 16) ?? 0) + 2)
        return String(decoding: bytes.dropLast(2), as: UTF8.self)
    }

    @Test func `events are sent as they come, uncompressed and kept by nobody`() async throws {
        let ends = EventStream<Bool>()
        try await withServer([Self.silentAfterOne(ends)]) { server in
            let client = try await server.connect()
            try await client.send(Self.request)
            let head = RawAnswer(head: try await client.receive(through: "\r\n\r\n"))
            #expect(head.status == 200)
            #expect(head["content-type"] == "text/event-stream")
            #expect(head["cache-control"] == "no-store")
            #expect(head["x-accel-buffering"] == "no")
            #expect(head["transfer-encoding"] == "chunked")
            #expect(head["content-encoding"] == nil)
            #expect(try await chunk(client) == "id: 1\nevent: first\ndata: one\n\n")
        }
    }

    @Test func `a stream whose events are over ends in order, and the connection goes on`() async throws {
        let route = Route(
            .get,
            "/later",
            id: "later",
            summary: "",
            handler: .immediate { _ in
                .events { try await $0.send(ServerSentEvent("bye")) }
            }
        )
        try await withServer([route]) { server in
            let client = try await server.connect()
            for _ in 0..<2 {
                let answer = try await client.ask(Self.request)
                #expect(answer.text == "data: bye\n\n")
            }
        }
    }

    @Test func `a silence is filled with comments`() async throws {
        let route = Route.asynchronous { _ in
            .events(heartbeat: .milliseconds(10)) { events in
                try await events.send(ServerSentEvent("one"))
                try await hangUntilCancelled()
            }
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.request)
            _ = try await client.receive(through: "\r\n\r\n")
            #expect(try await chunk(client) == "data: one\n\n")
            for _ in 0..<3 { #expect(try await chunk(client) == ":\n\n") }
        }
    }

    @Test func `a stop ends event streams in order, long before its deadline`() async throws {
        let ends = EventStream<Bool>()
        try await withServer([Self.silentAfterOne(ends)]) { server in
            let clients = [try await server.connect(), try await server.connect()]
            for client in clients {
                try await client.send(Self.request)
                _ = try await client.receive(through: "one\n\n\r\n")
            }
            let elapsed = await ContinuousClock().measure { await server.server.stop(deadline: .seconds(60)) }
            #expect(elapsed < .seconds(20))
            for client in clients {
                #expect(await ends.next())
                #expect(try await client.receiveToEnd() == "0\r\n\r\n")
            }
        }
    }

    @Test func `a stream that begins while the server stops ends at once`() async throws {
        let begun = EventStream<Void>()
        let gate = EventStream<Void>()
        let route = Route.asynchronous { _ in
            begun.tell(())
            await gate.next()
            return .events { events in
                try await events.send(ServerSentEvent("one"))
                try await hangUntilCancelled()
            }
        }
        try await withServer([route]) { server in
            let idle = try await server.connect()
            let client = try await server.connect()
            try await client.send(Self.request)
            await begun.next()
            let stop = Task { await server.server.stop(deadline: .seconds(60)) }
            #expect(try await idle.receiveToEnd().isEmpty)
            gate.tell(())
            let answer = try await client.answer()
            #expect(answer["connection"] == "close")
            await stop.value
        }
    }

    @Test(arguments: ["leaves", "finishes sending", "resets"])
    func `a client that goes ends the stream's task`(_ how: String) async throws {
        let ends = EventStream<Bool>()
        // Whoever only finished sending is given an hour by the server, but not by a stream without an end.
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(halfClosed: .seconds(3600)))
        try await withServer([Self.silentAfterOne(ends)], configuration: configuration) { server in
            var client: RawClient? = try await server.connect()
            try await client?.send(Self.request)
            _ = try await client?.receive(through: "one\n\n\r\n")
            switch how {
            case "leaves": client = nil
            case "resets": client?.reset()
            default: client?.finishSending()
            }
            #expect(await ends.next())
            if let client, how == "finishes sending" { #expect(try await client.receiveToEnd() == "0\r\n\r\n") }
        }
    }

    @Test func `an error in a stream is seen by the client as a broken one`() async throws {
        struct Broken: Error {}
        let route = Route.asynchronous { _ in
            .events { events in
                try await events.send(ServerSentEvent("one"))
                throw Broken()
            }
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.request)
            #expect(try await client.receiveToEnd().hasSuffix("data: one\n\n\r\n"))
            #expect(await server.exchanges.next().isComplete == false)
        }
    }
}
