import Measuring
import Testing

struct NextCursorTests {
    @Test(arguments: [
        (#"{"data":[],"next_cursor":"abc-_1"}"#, "abc-_1"),
        (#"{"data":[{"a":"\"next_cursor\":\"no\""}],"next_cursor":"yes","at":"2026-01-01T00:00:00.000Z"}"#, "yes"),
    ])
    func `a page goes on at its cursor`(body: String, cursor: String) {
        #expect(NextCursor.find(in: Array(body.utf8)) == cursor)
    }

    @Test(arguments: [#"{"data":[],"next_cursor":null}"#, #"{"data":[1,2]}"#, "", "\""])
    func `the last page has none`(body: String) {
        #expect(NextCursor.find(in: Array(body.utf8)) == nil)
    }
}
