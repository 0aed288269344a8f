/// Bytes that make requests, with what they come to.
enum ParserSamples {
    struct Accepted: Sendable, CustomStringConvertible {
        let name: String
        let bytes: String
        /// One line for each step: `METHOD path?query [body]`, or `100?` where the client waits for 100.
        let steps: [String]
        var description: String { name }
    }

    struct Refused: Sendable, CustomStringConvertible {
        let name: String
        let bytes: String
        let status: Int
        var description: String { name }

        init(_ name: String, _ bytes: String, _ status: Int = 400) {
            self.name = name
            self.bytes = bytes
            self.status = status
        }
    }

    static let refused = refusedLines + refusedFields + refusedFraming + refusedChunks + refusedSizes

    static func head(_ lines: String) -> String { "POST / HTTP/1.1\r\nHost: x\r\n\(lines)\r\n\r\n" }
    static func chunked(_ body: String) -> String { head("Transfer-Encoding: chunked") + body }
}
