/// A request as it goes over the wire, on a connection that is kept.
package struct RequestText: Sendable {
    package let method: String
    package let path: String
    /// Lines such as `Accept-Encoding: gzip`.
    package let fields: [String]
    private let content: String?

    /// A GET.
    package init(path: String, fields: [String] = []) {
        method = "GET"
        self.path = path
        self.fields = fields
        content = nil
    }

    /// A POST of JSON.
    package init(posting content: String, to path: String) {
        method = "POST"
        self.path = path
        fields = ["Content-Type: application/json", "Content-Length: \(content.utf8.count)"]
        self.content = content
    }

    package func bytes(port: UInt16) -> [UInt8] {
        let lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)"] + fields + ["", content ?? ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }
}
