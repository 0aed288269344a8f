import Foundation
package import HTTPTypes

extension Response {
    /// An answer of a value as JSON.
    ///
    /// The value is encoded anew for each request, which suits answers that are rarely asked for or never twice the same; one
    /// that is asked for often should be a ``Representation``, whose bytes are made once and which is negotiated about.
    ///
    /// Equal values give equal bytes: keys are sorted, since an encoder without that orders them by chance. Dates are RFC 3339.
    ///
    /// - Throws: ``ResponseError``, which a handler lets through: the client gets a 500, the log the reason.
    package static func json(
        _ value: some Encodable & Sendable,
        status: HTTPResponse.Status = .ok
    ) throws(ResponseError) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        do {
            return .bytes(Array(try encoder.encode(value)), contentType: "application/json", status: status)
        } catch {
            throw .notEncodable(type: "\(type(of: value))", why: "\(error)")
        }
    }
}

/// Why a handler's answer cannot be made.
package enum ResponseError: Error, CustomStringConvertible {
    /// A value of this type has no JSON form, such as a number that is not finite.
    case notEncodable(type: String, why: String)

    package var description: String {
        switch self {
        case .notEncodable(let type, let why): "a value of \(type) cannot be answered as JSON: \(why)"
        }
    }
}
