import ExactJSON
import HTTPServing
import HTTPTypes

/// Finished JSON answers.
enum JSONAnswer {
    static let contentType = "application/json"

    /// - Parameter isSentOften: whether it is kept for whoever asks the same.
    static func representation(_ bytes: [UInt8], sequence: Int64? = nil, isSentOften: Bool = true) -> Representation {
        var fields: HTTPFields = [:]
        if let sequence, let name = HTTPField.Name("Linkwatch-Sequence") { fields[name] = String(sequence) }
        return Representation(
            contentType: contentType,
            body: bytes + Array("\n".utf8),
            extraFields: fields,
            isSentOften: isSentOften
        )
    }

    static func response(_ object: JSONObject, sequence: Int64? = nil) -> Response {
        response(object.encoded, sequence: sequence)
    }

    static func response(_ bytes: [UInt8], sequence: Int64? = nil) -> Response {
        .representation(representation(bytes, sequence: sequence, isSentOften: false))
    }
}
