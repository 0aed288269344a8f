import HTTPServing
import Testing

struct EventTextTests {
    @Test func `events stand one after the other as each would alone`() throws {
        var text = EventText()
        #expect(text.isEmpty)
        text.append(try ServerSentEvent("one", event: "change", id: "1"))
        var other = EventText()
        other.append(try ServerSentEvent("two"))
        text.append(written: other.bytes)
        text.append(written: [])
        #expect(String(decoding: text.bytes, as: UTF8.self) == "id: 1\nevent: change\ndata: one\n\ndata: two\n\n")
    }

    @Test func `a place has an id and no data`() throws {
        var text = EventText()
        try text.append(id: "7")
        try text.append(id: "8", retry: .milliseconds(1500))
        #expect(String(decoding: text.bytes, as: UTF8.self) == "id: 7\n\nid: 8\nretry: 1500\n\n")
        #expect(throws: ServerSentEventError.brokenID) { try text.append(id: "a\nb") }
    }

    @Test func `a text is sent to many as it is, and an empty one not at all`() async throws {
        var text = EventText()
        try text.append(id: "7")
        text.append(try ServerSentEvent("one"))
        let route = Route.asynchronous { [text] _ in
            .events { events in
                try await events.send(EventText())
                try await events.send(text)
            }
        }
        try await withServer([route]) { server in
            for _ in 0..<2 {
                let client = try await server.connect()
                try await client.send("GET /later HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                let answer = try await client.receiveToEnd()
                #expect(answer.hasSuffix("\r\n\r\n12\r\nid: 7\n\ndata: one\n\n\r\n0\r\n\r\n"))
            }
        }
    }
}
