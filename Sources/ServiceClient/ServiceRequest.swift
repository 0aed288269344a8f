import ClusterLinks
package import ExactJSON

/// One question to linkwatch, as its HTTP interface takes it.
package struct ServiceRequest: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    package let method: Method
    /// The segments of the path, not encoded.
    package let path: [String]
    /// In their order, not encoded.
    package var query: [(name: String, value: String)]
    package let body: JSONValue?
    /// The least role that may ask it, for who is refused.
    package let role: String
    /// How long the answer may take.
    package var patience: Duration

    package init(
        _ path: [String],
        method: Method = .get,
        query: [(name: String, value: String)] = [],
        body: JSONValue? = nil,
        role: String = "read",
        patience: Duration = .seconds(60)
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.role = role
        self.patience = patience
    }

    /// The path and the query as they are sent.
    package var target: String {
        let path = path.map { "/" + PathSegment.encoded($0) }.joined()
        let query = query.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
        return query.isEmpty ? path : path + "?" + query
    }
}
