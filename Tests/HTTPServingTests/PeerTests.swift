import Foundation
import HTTPServing
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(1))) struct PeerTests {
    private static let later = "GET /later HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `a half-closed client gets its answer`() async throws {
        let route = Route.asynchronous { _ in
            await Task.yield()
            return .bytes(Array("late".utf8), contentType: "text/plain")
        }
        try await withServer([route]) { server in
            let client = try await server.connect()
            try await client.send(Self.later + Self.later)
            client.finishSending()
            #expect(try await client.answer().text == "late")
            #expect(try await client.answer().text == "late")
            #expect(try await client.receiveToEnd().isEmpty)
        }
    }

    @Test func `a client that leaves cancels its handler`() async throws {
        let events = EventStream<String>()
        try await withServer([.hanging(events)]) { server in
            let client = try await server.connect()
            try await client.send(Self.later)
            #expect(await events.next() == "begun")
            client.reset()
            #expect(await events.next() == "cancelled")
            #expect(await server.exchanges.next().status == Exchange.clientLeft)
        }
    }

    @Test func `a client that finished sending cancels its handler after a while`() async throws {
        let events = EventStream<String>()
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(halfClosed: .milliseconds(50)))
        try await withServer([.hanging(events)], configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send(Self.later)
            client.finishSending()
            #expect(await events.next() == "begun")
            #expect(await events.next() == "cancelled")
        }
    }

    @Test func `resets in the middle of anything leave the others alone`() async throws {
        try await withServer([.hello, .echo]) { server in
            let steady = try await server.connect()
            for start in [
                "", "GET", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n",
            ] {
                let client = try await server.connect()
                try await client.send(start)
                client.reset()
                #expect(try await steady.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").text == "hello\n")
            }
        }
    }
}
