import Dispatch
import HTTPTypes
import Locking
import Logging
import Testing

@testable import HTTPServing

struct AccessLogTests {
    /// Tells each line, and holds its writer back while the gate is closed.
    private struct TellingLog: LogHandler {
        let lines: EventStream<LogEvent>
        let gate: DispatchSemaphore?
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.tell(event)
            gate?.wait()
        }
    }

    private func logger(_ lines: EventStream<LogEvent>, gate: DispatchSemaphore? = nil) -> Logger {
        Logger(label: "test") { _ in TellingLog(lines: lines, gate: gate) }
    }

    private func exchange(_ status: Int, target: String = "/a", duration: Duration = .zero) -> Exchange {
        Exchange(
            request: .make(target: target, routeTemplate: "/{name}"),
            routeTemplate: "/{name}",
            routeIndex: 0,
            status: status,
            bytesSent: 12,
            nanoseconds: Int64(duration / .nanoseconds(1)),
            isComplete: true,
            peer: .ip(host: "192.0.2.1", port: 7)
        )
    }

    @Test func `a line tells of each exchange, and no secret`() async throws {
        let lines = EventStream<LogEvent>()
        let log = AccessLog(logger: logger(lines))
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(),
            router: try Router([.hello]),
            observer: { log.add($0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let client = try await RawClient(try #require(try server.start().first))
        _ = try await client.ask("GET /hello?token=s3cret HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer s3cret\r\n\r\n")
        _ = try await client.ask("S3CRET /s3cret HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = try await client.ask("s3cret\r\n\r\n")
        let events = [await lines.next(), await lines.next(), await lines.next()]
        await server.stop(deadline: .zero)
        for event in events {
            #expect(event.level == .info)
            #expect(event.message == "request")
            #expect(!"\(event.metadata ?? [:])".lowercased().contains("s3cret"))
        }
        let first = try #require(events[0].metadata)
        #expect(
            first.keys.sorted() == [
                "http.bytes_sent", "http.duration_seconds", "http.method", "http.peer", "http.route", "http.status",
            ]
        )
        #expect(first["http.method"] == "GET")
        #expect(first["http.route"] == "/hello")
        #expect(first["http.status"] == "200")
        #expect(first["http.peer"]?.description.hasPrefix("127.0.0.1:") == true)
        #expect(events.map { $0.metadata?["http.route"] } == ["/hello", "unmatched", "unmatched"])
        #expect(events.map { $0.metadata?["http.method"] } == ["GET", "other", "other"])
        #expect(events.map { $0.metadata?["http.status"] } == ["200", "501", "400"])
    }

    @Test(arguments: [
        (Duration.zero, "0.000000"), (.nanoseconds(1999), "0.000001"), (.milliseconds(1500), "1.500000"),
        (.microseconds(61_000_042), "61.000042"),
    ])
    func `durations are decimal seconds`(_ duration: Duration, _ text: String) async {
        let lines = EventStream<LogEvent>()
        AccessLog(logger: logger(lines)).add(exchange(200, duration: duration))
        #expect(await lines.next().metadata?["http.duration_seconds"]?.description == text)
    }

    @Test func `a log that nobody reads keeps nobody waiting, and what is left out is counted`() async {
        let lines = EventStream<LogEvent>()
        let gate = DispatchSemaphore(value: 0)
        let log = AccessLog(logger: logger(lines, gate: gate), capacity: 2)
        log.add(exchange(201))
        // From now on the writer hangs in the first line.
        #expect(await lines.next().metadata?["http.status"] == "201")
        for status in 202...206 { log.add(exchange(status)) }
        await log.finish(within: .milliseconds(10))
        for _ in 0..<4 { gate.signal() }
        #expect(await lines.next().metadata?["http.status"] == "202")
        #expect(await lines.next().metadata?["http.status"] == "203")
        let warning = await lines.next()
        #expect(warning.level == .warning)
        #expect(warning.metadata == ["http.requests_left_out": "3"])
        // It takes exchanges again.
        gate.signal()
        log.add(exchange(207))
        #expect(await lines.next().metadata?["http.status"] == "207")
    }

    @Test func `finishing waits for what was taken down`() async {
        let written = Locked(0)
        let log = AccessLog(logger: Logger(label: "test") { _ in CountingLog(written: written) })
        for _ in 0..<1000 { log.add(exchange(200)) }
        await log.finish(within: .seconds(60))
        #expect(written.withLock(\.self) == 1000)
    }

    private struct CountingLog: LogHandler {
        let written: Locked<Int>
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { written.withLock { $0 += 1 } }
    }
}
