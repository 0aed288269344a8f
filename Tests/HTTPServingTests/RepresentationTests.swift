import Foundation
import HTTPServing
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(1))) struct RepresentationTests {
    private static let text = String(repeating: "{\"link_name\":\"orders-dr\"},", count: 100)

    private func withRepresentation(
        _ representation: Representation,
        _ body: (RawClient) async throws -> Void
    ) async throws {
        let route = Route(
            .get,
            "/r",
            id: "r",
            summary: "",
            handler: .immediate { _ in .representation(representation) }
        )
        try await withServer([route]) { server in try await body(try await server.connect()) }
    }

    private func get(_ client: RawClient, _ fields: String..., method: String = "GET") async throws -> RawAnswer {
        try await client.ask(
            "\(method) /r HTTP/1.1\r\nHost: x\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
        )
    }

    @Test func `forms have tags of their own, and each is known again`() async throws {
        let representation = Representation(contentType: "application/json", body: Array(Self.text.utf8), etag: "v1")
        try await withRepresentation(representation) { client in
            let plain = try await get(client)
            #expect(plain["etag"] == "\"v1\"")
            #expect(plain["vary"] == "Accept-Encoding")
            #expect(plain["cache-control"] == "no-cache")
            #expect(plain["content-type"] == "application/json")
            #expect(plain["content-encoding"] == nil)
            #expect(plain.text == Self.text)

            let gzip = try await get(client, "Accept-Encoding: gzip")
            #expect(gzip["etag"] == "\"v1-gzip\"")
            #expect(gzip["content-encoding"] == "gzip")
            #expect(gzip["vary"] == "Accept-Encoding")
            #expect(gzip.body.count < plain.body.count / 5)
            #expect(try gunzip(gzip.body) == Self.text)

            let same = try await get(client, "If-None-Match: \"v0\", W/\"v1\"")
            #expect(same.status == 304)
            #expect(same["etag"] == "\"v1\"")
            #expect(same["vary"] == "Accept-Encoding")
            #expect(same["date"] != nil)
            #expect(same["content-length"] == nil)
            #expect(same["content-type"] == nil)
            #expect(try await get(client, "Accept-Encoding: gzip", "If-None-Match: \"v1-gzip\"").status == 304)
            #expect(try await get(client, "Accept-Encoding: gzip", "If-None-Match: \"v1\"").status == 200)
            #expect(try await get(client, "If-None-Match: *").status == 304)
            #expect(try await get(client, "If-None-Match: \"v0\"", "If-None-Match: \"v1\"").status == 304)
            #expect(try await get(client, "If-Match: \"v1\"").status == 200)
            #expect(try await get(client, "If-Match: W/\"v1\"").status == 412)
            #expect(try await get(client, "Accept-Encoding: identity;q=0, br").status == 406)
        }
    }

    @Test func `HEAD has the fields of GET and no body`() async throws {
        let representation = Representation(contentType: "text/plain", body: Array(Self.text.utf8))
        try await withRepresentation(representation) { client in
            for field in ["Accept: */*", "Accept-Encoding: gzip"] {
                let get = try await get(client, field)
                let head = try await self.get(client, field, method: "HEAD")
                #expect(head.fields.map(\.name) == get.fields.map(\.name))
                #expect(head["content-length"] == get["content-length"])
                #expect(head["etag"] == get["etag"])
            }
        }
    }

    @Test func `a large form is compressed off the event queue, once for all`() async throws {
        let large = String(repeating: Self.text, count: 100)
        let representation = Representation(contentType: "text/plain", body: Array(large.utf8))
        let route = Route(
            .get,
            "/r",
            id: "r",
            summary: "",
            handler: .immediate { _ in .representation(representation) }
        )
        try await withServer([route]) { server in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let client = try await server.connect()
                        let request = "GET /r HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n"
                        return try self.gunzip(try await client.ask(request + request).body)
                    }
                }
                for try await text in group { #expect(text == large) }
            }
        }
    }

    @Test func `nobody waits for a large form that is being compressed for others`() async throws {
        // Takes half a second or so to compress.
        var random = SplitMix(state: 1)
        let block = (0..<1_000_000).map { _ in UInt8(0x30 + random.next() % 64) }
        var body: [UInt8] = []
        for _ in 0..<16 { body.append(contentsOf: block) }
        let representation = Representation(contentType: "text/plain", body: body, etag: "v1")
        let large = Route.immediate("/large") { _ in .representation(representation) }
        let asked = EventStream<String>()
        try await withServer(
            [large, .hello],
            configuration: HTTPServerConfiguration(eventQueues: 1),
            gate: { asked.tell($0.routeTemplate) }
        ) { server in
            let waiting = [try await server.connect(), try await server.connect()]
            for client in waiting {
                try await client.send("GET /large HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")
                #expect(await asked.next() == "/large")
            }
            let other = try await server.connect()
            for _ in 0..<10 {
                #expect(try await other.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
                #expect(await server.exchanges.next().routeTemplate == "/hello")
            }
            for client in waiting { #expect(try await client.answer()["content-encoding"] == "gzip") }
        }
    }

    @Test func `small and compressed bodies are sent as they are`() async throws {
        for (text, type) in [("small", "text/plain"), (Self.text, "image/png")] {
            let isImage = type == "image/png"
            let body = Array(text.utf8)
            let representation = Representation(contentType: type, body: body, compressible: !isImage)
            try await withRepresentation(representation) { client in
                let answer = try await get(client, "Accept-Encoding: gzip")
                #expect(answer["content-encoding"] == nil)
                #expect(answer["vary"] == nil)
                #expect(answer.body == body)
            }
        }
    }

    @Test func `pieces are one body in either form, whoever shares them`() async throws {
        var random = SplitMix(state: 7)
        // Empty, tiny, repetitive, incompressible, larger than the window.
        let pieces = [0, 1, 700, 5000, 70_000, 0, 200_000].enumerated().map { number, count in
            BodyPiece((0..<count).map { number % 2 == 0 ? UInt8($0 % 7) + 0x30 : UInt8(random.next() % 94) + 0x21 })
        }
        for parts in [pieces, pieces.reversed(), Array(pieces[2...3])] {
            let whole = String(decoding: parts.flatMap(\.bytes), as: UTF8.self)
            let representation = Representation(contentType: "text/plain", pieces: parts, etag: "v1")
            #expect(representation.length == whole.utf8.count)
            try await withRepresentation(representation) { client in
                let gzip = try await get(client, "Accept-Encoding: gzip")
                #expect(gzip["etag"] == "\"v1-gzip\"" && gzip["content-encoding"] == "gzip")
                #expect(try gunzip(gzip.body) == whole)
                #expect(try await get(client, "Accept-Encoding: gzip", "If-None-Match: \"v1-gzip\"").status == 304)
                let head = try await get(client, method: "HEAD")
                #expect(head["content-length"] == String(whole.utf8.count) && head.body.isEmpty)
                #expect(try await get(client).text == whole)
            }
        }
    }

    @Test func `pieces that compressing does not make smaller are sent as they are`() async throws {
        let pieces = (0..<200).map { BodyPiece(Array("\($0) ".utf8)) }
        try await withRepresentation(Representation(contentType: "text/plain", pieces: pieces, etag: "v1")) { client in
            let answer = try await get(client, "Accept-Encoding: gzip")
            #expect(answer["content-encoding"] == nil && answer["etag"] == "\"v1\"")
            #expect(answer.text == (0..<200).map { "\($0) " }.joined())
        }
    }

    @Test func `equal bytes have equal tags`() {
        let body = Array(Self.text.utf8)
        let tag = Representation(contentType: "a/b", body: body).etag
        #expect(Representation(contentType: "a/b", body: body).etag == tag)
        #expect(Representation(contentType: "a/b", body: body + [0]).etag != tag)
        #expect(tag.count == 32)
    }

    @Test func `fields of one's own are sent, those of the server's are not`() async throws {
        let representation = Representation(
            contentType: "a/b",
            body: [],
            extraFields: [.cacheControl: "max-age=5", .contentLength: "77"]
        )
        try await withRepresentation(representation) { client in
            let answer = try await get(client)
            #expect(answer["cache-control"] == "max-age=5")
            #expect(answer["content-length"] == "0")
        }
    }

    /// By the `gzip` of the system, which knows nothing of how the bytes were made.
    private func gunzip(_ bytes: [UInt8]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc"]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(bytes))
        try input.fileHandleForWriting.close()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
