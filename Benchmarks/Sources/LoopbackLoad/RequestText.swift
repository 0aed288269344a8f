/// A GET as it goes over the wire, on a connection that is kept.
package struct RequestText: Sendable {
    package let path: String
    /// Lines such as `Accept-Encoding: gzip`.
    package let fields: [String]

    package init(path: String, fields: [String] = []) {
        self.path = path
        self.fields = fields
    }

    package func bytes(port: UInt16) -> [UInt8] {
        let lines = ["GET \(path) HTTP/1.1", "Host: 127.0.0.1:\(port)"] + fields + ["", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }
}
