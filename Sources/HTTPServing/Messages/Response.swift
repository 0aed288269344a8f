package import HTTPTypes

/// What a handler answers.
package struct Response: Sendable {
    /// The final status; 1xx are the server's own business.
    package var status: HTTPResponse.Status
    /// Fields besides those the server writes itself: Content-Length, Transfer-Encoding, Date and Connection, of which only
    /// the option `close` in Connection is heeded.
    package var fields: HTTPFields
    /// What follows the fields.
    package var body: ResponseBody

    /// Makes an answer; the default is an empty 200.
    package init(status: HTTPResponse.Status = .ok, fields: HTTPFields = [:], body: ResponseBody = .empty) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// An answer of bytes of one media type.
    package static func bytes(
        _ bytes: [UInt8],
        contentType: String,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        Response(status: status, fields: [.contentType: contentType], body: .bytes(bytes))
    }

    /// A 200 of finished bytes, about which the server negotiates.
    package static func representation(_ representation: Representation, fields: HTTPFields = [:]) -> Response {
        Response(fields: fields, body: .representation(representation))
    }
}
