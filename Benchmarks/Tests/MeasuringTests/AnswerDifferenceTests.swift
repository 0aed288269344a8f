import Measuring
import Testing

struct AnswerDifferenceTests {
    @Test func `names are compared without case and the date not at all`() {
        let one = Answer.make(fields: [("Date", "1"), ("ETag", "\"a\""), ("vary", "Accept"), ("Vary", "Origin")])
        let other = Answer.make(fields: [("Date", "2"), ("etag", "\"b\""), ("Vary", "Origin"), ("Vary", "Accept")])
        let difference = AnswerDifference(between: one, and: other)
        #expect(difference.fields == ["etag"])
        #expect(!difference.status)
        #expect(difference.bodyLength == nil)
    }

    @Test func `bodies of one length may differ`() {
        let difference = AnswerDifference(between: .make(body: "ab"), and: .make(status: 500, body: "ac"))
        #expect(difference.bodyLength == 0)
        #expect(difference.status)
    }
}

extension Answer {
    fileprivate static func make(status: Int = 200, fields: [(String, String)] = [], body: String = "") -> Answer {
        Answer(status: status, fields: fields.map { Field(name: $0.0, value: $0.1) }, body: Array(body.utf8))
    }
}
