import HTTPServing
import HTTPTypes
import Testing

/// Clients that go on slowly, each step well within a time-out that all of them together exceed.
///
/// They run in processes of their own: beside other tests, which take the threads for seconds, a client would miss its own pace.
@Suite(.timeLimit(.minutes(1))) struct PacedClientTests {
    private static let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
    private static let stream = "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `an idle connection is closed without a word`() async {
        await #expect(processExitsWith: .success) {
            let timeouts = HTTPTimeouts(idle: .seconds(1))
            try await withServer(configuration: HTTPServerConfiguration(timeouts: timeouts)) { server in
                let client = try await server.connect()
                #expect(try await client.ask(Self.hello).status == 200)
                let silent = try await server.connect()
                let other = try await server.connect()
                try await other.send("\r\n")
                for client in [client, silent, other] { #expect(try await client.receiveToEnd().isEmpty) }
            }
        }
    }

    @Test func `each request gives the connection its idle time again`() async {
        await #expect(processExitsWith: .success) {
            let timeouts = HTTPTimeouts(idle: .milliseconds(1500))
            try await withServer(configuration: HTTPServerConfiguration(timeouts: timeouts)) { server in
                let client = try await server.connect()
                for _ in 0..<4 {
                    #expect(try await client.isQuiet(for: .milliseconds(500)))
                    #expect(try await client.ask(Self.hello).status == 200)
                }
            }
        }
    }

    @Test func `the time-outs of a request end with it`() async {
        await #expect(processExitsWith: .success) {
            let timeouts = HTTPTimeouts(head: .milliseconds(700), body: .milliseconds(700))
            try await withServer([.hello, .echo], configuration: HTTPServerConfiguration(timeouts: timeouts)) {
                server in
                let client = try await server.connect()
                for request in [Self.hello, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"] {
                    try await client.send(String(request.dropLast(1)))
                    #expect(try await client.ask(String(request.suffix(1))).status == 200)
                    #expect(try await client.isQuiet(for: .milliseconds(1000)))
                }
                #expect(try await client.ask(Self.hello).status == 200)
            }
        }
    }

    @Test func `a reader that takes bytes now and then is waited for`() async {
        await #expect(processExitsWith: .success) {
            let large = Route.immediate("/stream") { _ in
                Response(body: .bytes([UInt8](repeating: 0x61, count: 16_000_000)))
            }
            let timeouts = HTTPTimeouts(write: .seconds(2))
            try await withServer([large], configuration: HTTPServerConfiguration(timeouts: timeouts)) { server in
                // A larger buffer would announce room only after more was read (__tcp_select_window in Linux).
                let client = try await RawClient(server.addresses[0], receiveBuffer: 400_000)
                // Its silence is the clock of the other.
                let clock = try await server.connect()
                try await client.send(Self.stream)
                _ = try await client.receive(through: "\r\n\r\n")
                var left = 16_000_000
                // Quickly at first, so that the server's buffer grows.
                while left > 10_000_000 { left -= try await client.receive().count }
                for _ in 0..<16 {
                    left -= try await client.receive(exactly: 70_000).count
                    #expect(try await clock.isQuiet(for: .milliseconds(250)))
                }
                #expect(try await client.receive(exactly: left).count == left)
                #expect(await server.exchanges.next().isComplete)
            }
        }
    }

    @Test func `a half-closed client that reads a stream gets it to its end`() async {
        await #expect(processExitsWith: .success) {
            let steps = EventStream<Void>()
            let route = Route.asynchronous("/stream") { _ in
                Response(
                    body: .stream { writer in
                        for _ in 0..<6 {
                            try await writer.write(Array("step".utf8))
                            await steps.next()
                        }
                    }
                )
            }
            let timeouts = HTTPTimeouts(halfClosed: .milliseconds(1500))
            try await withServer([route], configuration: HTTPServerConfiguration(timeouts: timeouts)) { server in
                let client = try await server.connect()
                try await client.send(Self.stream)
                client.finishSending()
                for _ in 0..<6 {
                    #expect(try await client.receive(through: "4\r\nstep\r\n").hasSuffix("step\r\n"))
                    #expect(try await client.isQuiet(for: .milliseconds(400)))
                    steps.tell(())
                }
                #expect(try await client.receiveToEnd() == "0\r\n\r\n")
            }
        }
    }

    @Test func `a half-closed client that reads slowly gets all of a long stream`() async {
        await #expect(processExitsWith: .success) {
            let route = Route.asynchronous("/stream") { _ in
                Response(
                    body: .stream(contentLength: 16_000_000) { writer in
                        for _ in 0..<16 { try await writer.write([UInt8](repeating: 0x61, count: 1_000_000)) }
                    }
                )
            }
            let timeouts = HTTPTimeouts(halfClosed: .milliseconds(1500))
            try await withServer([route], configuration: HTTPServerConfiguration(timeouts: timeouts)) { server in
                let client = try await RawClient(server.addresses[0], receiveBuffer: 400_000)
                let clock = try await server.connect()
                try await client.send(Self.stream)
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
    }
}
