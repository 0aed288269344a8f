import ExactJSON

/// An error as JSON: `{"error_code": int, "message": string|null}`, and the other shapes that stand before a Kafka REST.
struct ErrorBody: Sendable, Hashable {
    let code: Int?
    let message: String?

    /// Nil where the value is no object.
    ///
    /// The metadata service of Confluent Server sends `message` without an `error_code`; Confluent Cloud's own gateways
    /// send `errors`, each with a `title` and a `detail`; OAuth says `error` and `error_description` (RFC 6749 §5.2).
    init?(_ value: JSONValue) {
        guard let object = value.object else { return nil }
        code = object["error_code"].flatMap { $0.int ?? $0.string.flatMap { Int($0) } }
        let first = object["errors"]?.array?.first?.object
        message =
            [
                object["message"], first?["detail"], first?["title"], first?["message"], object["error_description"],
                object["error"],
            ]
            .lazy.compactMap { $0?.string }.first { !PlainLine($0).text.isEmpty }
    }
}
