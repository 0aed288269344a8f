import Testing

@testable import HTTPServing

struct ServerSentEventTests {
    @Test(arguments: [
        ("one", "data: one\n\n"), ("", "data: \n\n"), (" one", "data:  one\n\n"), ("a\nb", "data: a\ndata: b\n\n"),
        ("a\r\nb\rc\n", "data: a\ndata: b\ndata: c\ndata: \n\n"), ("a\n\rb", "data: a\ndata: \ndata: b\n\n"),
        ("id: 1", "data: id: 1\n\n"), ("é\u{0}", "data: é\u{0}\n\n"),
    ])
    func `each line of the data is a field`(_ data: String, _ wire: String) throws {
        #expect(String(decoding: try ServerSentEvent(data).wireForm, as: UTF8.self) == wire)
    }

    @Test func `the other fields stand before the data`() throws {
        let event = try ServerSentEvent("{}", event: "change", id: "7", retry: .milliseconds(1500))
        #expect(String(decoding: event.wireForm, as: UTF8.self) == "id: 7\nevent: change\nretry: 1500\ndata: {}\n\n")
        // An empty id makes the client forget the last one.
        #expect(String(decoding: try ServerSentEvent("x", id: "").wireForm, as: UTF8.self) == "id: \ndata: x\n\n")
    }

    @Test(arguments: ["a\nb", "a\rb", "a\r\nb", "\n"])
    func `a name or an id of several lines is refused`(_ text: String) {
        #expect(throws: ServerSentEventError.brokenName) { try ServerSentEvent("x", event: text) }
        #expect(throws: ServerSentEventError.brokenID) { try ServerSentEvent("x", id: text) }
    }

    @Test func `an id with a NUL, which clients ignore, is refused`() throws {
        #expect(throws: ServerSentEventError.brokenID) { try ServerSentEvent("x", id: "a\u{0}") }
        #expect(try ServerSentEvent("x", event: "a\u{0}").event == "a\u{0}")
    }

    @Test func `a comment has no line that is another field`() {
        #expect(String(decoding: ServerSentEvent.comment("a\ndata: b"), as: UTF8.self) == ":a\n:data: b\n\n")
    }
}
