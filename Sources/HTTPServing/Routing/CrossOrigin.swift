package import HTTPTypes

/// Which other origins' pages may read answers (WHATWG Fetch, "CORS protocol").
///
/// An origin is compared whole and byte by byte, scheme and port included, as browsers write it (RFC 6454 §6.2); what says
/// `null` never fits. Cookies and a browser's own credentials are not asked for: a page that has a token sends it itself.
package final class CrossOrigin: Sendable {
    /// The field lines of an answer to each origin.
    private let granted: [String: [UInt8]]
    private let preflightFields: HTTPFields

    /// What an answer to anyone else has: a cache must not take it for an answer to an origin, nor the other way round.
    private static let refused = Array("Vary: Origin\r\n".utf8)
    private static let requestMethod = HTTPField.Name("Access-Control-Request-Method")

    /// - Parameters:
    ///   - origins: as browsers write them.
    ///   - requestFields: what a page may send besides what every page may.
    ///   - exposedFields: what a page may read besides what every page may.
    ///   - maximumAge: for how long a browser need not ask again before it sends a request.
    package init(
        origins: [String],
        requestFields: [HTTPField.Name],
        exposedFields: [HTTPField.Name],
        maximumAge: Duration = .seconds(600)
    ) {
        let exposed = exposedFields.map(\.rawName).joined(separator: ", ")
        granted = Dictionary(
            origins.filter { $0 != "null" }.map { origin in
                let lines = "Access-Control-Allow-Origin: \(origin)\r\nAccess-Control-Expose-Headers: \(exposed)\r\n"
                return (origin, Self.refused + Array(lines.utf8))
            }
        ) { $1 }
        var fields: HTTPFields = [:]
        let known = [
            ("Access-Control-Allow-Headers", requestFields.map(\.rawName).joined(separator: ", ")),
            ("Access-Control-Max-Age", String(maximumAge.components.seconds)),
        ]
        for (name, value) in known { HTTPField.Name(name).map { fields[$0] = value } }
        preflightFields = fields
    }

    /// The field lines that every answer to a request has.
    func fields(for head: RequestHead) -> [UInt8] {
        guard head.hasLine(named: "origin"), let origin = head.value(of: .origin) else { return Self.refused }
        return granted[origin] ?? Self.refused
    }

    /// The answer to a browser that asks whether a page may send a request; nil where the request is none of these, or the
    /// origin is none of those.
    ///
    /// It says nothing of tokens: a browser sends none with it.
    func preflight(_ head: RequestHead, allow: String) -> Response? {
        guard let requestMethod = Self.requestMethod, head.value(of: requestMethod) != nil,
            let origin = head.value(of: .origin), granted[origin] != nil
        else { return nil }
        var fields = preflightFields
        fields[.allow] = allow
        if let methods = HTTPField.Name("Access-Control-Allow-Methods") { fields[methods] = allow }
        return Response(status: .noContent, fields: fields)
    }
}
