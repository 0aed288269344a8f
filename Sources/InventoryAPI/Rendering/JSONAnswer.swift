import ExactJSON
import HTTPServing
import HTTPTypes

/// Finished JSON answers.
enum JSONAnswer {
    static let contentType = "application/json"

    /// - Parameter isSentOften: whether it is kept for whoever asks the same.
    static func representation(
        _ bytes: consuming [UInt8],
        sequence: Int64? = nil,
        isSentOften: Bool = true
    ) -> Representation {
        // In place: answers of the past have a megabyte.
        bytes.append(UInt8(ascii: "\n"))
        return Representation(
            contentType: contentType,
            body: bytes,
            extraFields: sequence.map(fields) ?? [:],
            isSentOften: isSentOften
        )
    }

    /// What tells the change that an answer is as of.
    static func fields(sequence: Int64) -> HTTPFields {
        guard let name = HTTPField.Name("Linkwatch-Sequence") else { return [:] }
        return [name: String(sequence)]
    }

    static func response(_ object: JSONObject, sequence: Int64? = nil) -> Response {
        response(object.encoded, sequence: sequence)
    }

    static func response(_ bytes: [UInt8], sequence: Int64? = nil) -> Response {
        .representation(representation(bytes, sequence: sequence, isSentOften: false))
    }
}
