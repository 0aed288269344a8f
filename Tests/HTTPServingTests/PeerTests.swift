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

    @Test func `a half-closed client that reads a stream gets it to its end`() async throws {
        let steps = EventStream<Void>()
        let stream = Route.asynchronous("/stream") { _ in
            Response(
                body: .stream { writer in
                    for _ in 0..<6 {
                        try await writer.write(Array("step".utf8))
                        await steps.next()
                    }
                }
            )
        }
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(halfClosed: .seconds(2)))
        try await withServer([stream], configuration: configuration) { server in
            let client = try await server.connect()
            try await client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
            client.finishSending()
            for _ in 0..<6 {
                #expect(try await client.receive(through: "4\r\nstep\r\n").hasSuffix("step\r\n"))
                #expect(try await client.isQuiet(for: .milliseconds(450)))
                steps.tell(())
            }
            #expect(try await client.receiveToEnd() == "0\r\n\r\n")
        }
    }

    @Test func `a half-closed client that reads slowly gets all of a long stream`() async throws {
        let stream = Route.asynchronous("/stream") { _ in
            Response(
                body: .stream(contentLength: 16_000_000) { writer in
                    for _ in 0..<16 { try await writer.write([UInt8](repeating: 0x61, count: 1_000_000)) }
                }
            )
        }
        let configuration = HTTPServerConfiguration(timeouts: HTTPTimeouts(halfClosed: .seconds(2)))
        try await withServer([stream, .hello], configuration: configuration) { server in
            let client = try await server.connect()
            // Its silence is the clock of the other.
            let clock = try await server.connect()
            try await client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
            client.finishSending()
            _ = try await client.receive(through: "\r\n\r\n")
            var left = 16_000_000
            for _ in 0..<12 {
                left -= try await client.receive(exactly: 200_000).count
                #expect(try await clock.isQuiet(for: .milliseconds(250)))
            }
            #expect(try await client.receive(exactly: left).count == left)
            #expect(try await client.receiveToEnd().isEmpty)
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

    @Test func `running out of descriptors pauses accepting and nothing else`() async {
        // In a process of its own, for the limit is the whole process's.
        await #expect(processExitsWith: .success) {
            let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
            try await withServer { server in
                let steady = try await server.connect()
                #expect(try await steady.ask(hello).status == 200)
                var limit = rlimit(rlim_cur: 256, rlim_max: 256)
                #expect(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
                var hoard: [Int32] = []
                while case let descriptor = dup(0), descriptor >= 0 { hoard.append(descriptor) }
                // One for the client; there is none for the server.
                close(hoard.removeLast())
                let waiting = try await server.connect()
                for _ in 0..<3 { #expect(try await steady.ask(hello).status == 200) }
                #expect(server.server.connections == 1)
                for descriptor in hoard { close(descriptor) }
                #expect(try await waiting.ask(hello).status == 200)
                // Accepting goes on as before.
                for _ in 0..<10 { #expect(try await server.connect().ask(hello).status == 200) }
            }
        }
    }

    @Test func `whoever waits while there are no descriptors is answered though the server stops`() async {
        await #expect(processExitsWith: .success) {
            let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
            try await withServer { server in
                let steady = try await server.connect()
                #expect(try await steady.ask(hello).status == 200)
                var limit = rlimit(rlim_cur: 256, rlim_max: 256)
                #expect(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
                var hoard: [Int32] = []
                while case let descriptor = dup(0), descriptor >= 0 { hoard.append(descriptor) }
                close(hoard.removeLast())
                let waiting = try await server.connect()
                try await waiting.send(hello)
                #expect(try await steady.ask(hello).status == 200)
                for descriptor in hoard { close(descriptor) }
                await server.server.stop(deadline: .seconds(20))
                #expect(try await waiting.answer().status == 200)
                #expect(try await waiting.receiveToEnd().isEmpty)
                #expect(try await steady.receiveToEnd().isEmpty)
            }
        }
    }

    @Test func `stopping without descriptors is stopping`() async {
        await #expect(processExitsWith: .success) {
            try await withServer { server in
                let steady = try await server.connect()
                #expect(try await steady.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
                var limit = rlimit(rlim_cur: 256, rlim_max: 256)
                #expect(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0)
                var hoard: [Int32] = []
                while case let descriptor = dup(0), descriptor >= 0 { hoard.append(descriptor) }
                close(hoard.removeLast())
                let waiting = try await server.connect()
                #expect(try await steady.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
                await server.server.stop(deadline: .seconds(20))
                #expect(try await steady.receiveToEnd().isEmpty)
                await #expect(throws: RawClient.Failure.reset) { _ = try await waiting.receiveToEnd() }
                for descriptor in hoard { close(descriptor) }
            }
        }
    }
}
