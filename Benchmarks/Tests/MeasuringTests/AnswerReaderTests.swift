import Measuring
import Testing

struct AnswerReaderTests {
    private static let text = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nVary: Accept\r\nvary:  Origin\r\n\r\nhello"

    @Test(arguments: 1..<text.utf8.count)
    func `any split of the bytes gives the same answer`(at split: Int) throws {
        let bytes = Array(Self.text.utf8)
        var reader = AnswerReader()
        let isWholeEarly = try reader.take(bytes[..<split])
        #expect(!isWholeEarly)
        let isWhole = try reader.take(bytes[split...])
        #expect(isWhole)
        let finished = reader.finish()
        let answer = try #require(finished)
        #expect(answer.status == 200)
        #expect(answer.body == Array("hello".utf8))
        #expect(answer.fields.map(\.value) == ["5", "Accept", "Origin"])
        #expect(answer["VARY"] == "Accept")
    }

    private static let chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhell\r\nB\r\no\r\n0\r\n\r\nyou\r\n0\r\n\r\n"

    @Test(arguments: 1..<chunked.utf8.count)
    func `any split of chunks gives the same body`(at split: Int) throws {
        let bytes = Array(Self.chunked.utf8)
        var reader = AnswerReader()
        let isWholeEarly = try reader.take(bytes[..<split])
        #expect(!isWholeEarly)
        let isWhole = try reader.take(bytes[split...])
        #expect(isWhole)
        let answer = reader.finish()
        #expect(answer?.body == Array("hello\r\n0\r\n\r\nyou".utf8))
    }

    @Test func `a 304 has no body whatever length it gives`() throws {
        var reader = AnswerReader()
        let isWhole = try reader.take("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n".utf8)
        #expect(isWhole)
        let answer = reader.finish()
        #expect(answer?.status == 304)
    }

    @Test func `the next answer on the connection is read like the first`() throws {
        var reader = AnswerReader()
        for _ in 1...2 {
            let isWhole = try reader.take(Self.text.utf8)
            #expect(isWhole)
            let answer = reader.finish()
            #expect(answer?.body.count == 5)
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\n\r\n", MeasuringError.noLength(status: 200)),
        ("HTTP/2 OK\r\n\r\n", .notHTTP(line: "HTTP/2 OK")),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", .notHTTP(line: "x")),
        ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab", .unexpectedBytes(count: 1)),
    ])
    func `what cannot be delimited is refused`(text: String, error: MeasuringError) {
        #expect(throws: error) {
            var reader = AnswerReader()
            return try reader.take(text.utf8)
        }
    }
}
