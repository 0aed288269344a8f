import HTTPTypes

/// The fields that belong to the connection and the message's framing, which the server alone writes (RFC 9112 §6, §9), and
/// one that every answer has.
enum ServerFields {
    static func contains(_ name: HTTPField.Name) -> Bool {
        switch name.canonicalName {
        case "content-length", "transfer-encoding", "connection", "date", "keep-alive",
            "x-content-type-options":
            true
        default: false
        }
    }
}
