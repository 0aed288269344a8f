package import HTTPTypes

/// An error that knows its answer; whatever else a handler throws becomes a bare 500.
package protocol ProblemError: Error {
    /// What the client is told.
    var problem: Problem { get }
}

/// How a problem is told to who sent a request: an interface with an error shape of its own answers in that.
package typealias ProblemAnswer = @Sendable (Problem, Request) -> Response

/// A problem document (RFC 9457).
package struct Problem: ProblemError, Sendable {
    /// A URI reference that names the kind of problem; `about:blank` where the status says it all (§4.2.1).
    package var type: String
    /// The kind in a few words; the status's phrase by default.
    package var title: String
    /// The status of the answer, repeated in the document.
    package var status: HTTPResponse.Status
    /// What happened this time, for people.
    package var detail: String
    /// A URI reference that names this occurrence.
    package var instance: String?
    /// Fields of the answer, such as `Retry-After` or `Allow`.
    package var fields: HTTPFields
    /// Further members with texts as values, in their order (§3.2).
    package var extensions: [(String, String)]
    /// Further members with whole numbers as values, after the others.
    package var numbers: [(String, Int64)] = []
    /// How long the answer is kept back, for clients that are to be slowed: only their connection is held meanwhile, and no
    /// longer than until a stop.
    package var delay = Duration.zero
    /// Further members with lists of texts as values, at the end.
    package var lists: [(String, [String])] = []

    /// Makes a problem; type and title default to what the status says.
    package init(
        type: String = "about:blank",
        title: String? = nil,
        status: HTTPResponse.Status,
        detail: String,
        instance: String? = nil,
        fields: HTTPFields = [:],
        extensions: [(String, String)] = []
    ) {
        self.type = type
        self.title = title ?? (status.reasonPhrase.isEmpty ? "Error" : status.reasonPhrase)
        self.status = status
        self.detail = detail
        self.instance = instance
        self.fields = fields
        self.extensions = extensions
    }

    package var problem: Problem { self }

    /// The answer: the document as `application/problem+json` with the problem's status and fields.
    package func response() -> Response {
        var fields = fields
        fields[.contentType] = "application/problem+json"
        // A problem is about this moment.
        if fields[.cacheControl] == nil { fields[.cacheControl] = "no-store" }
        return Response(status: status, fields: fields, body: .bytes(Array(json.utf8)))
    }

    /// The answer to a request: the path that was asked for names the occurrence, unless something better does.
    package func response(to request: Request) -> Response {
        var problem = self
        problem.instance = instance ?? request.path
        return problem.response()
    }

    private var json: String {
        var text = "{\"type\":\(JSONText.quoted(type)),\"title\":\(JSONText.quoted(title)),\"status\":\(status.code)"
        text += ",\"detail\":\(JSONText.quoted(detail))"
        if let instance { text += ",\"instance\":\(JSONText.quoted(instance))" }
        for (name, value) in extensions { text += ",\(JSONText.quoted(name)):\(JSONText.quoted(value))" }
        for (name, value) in numbers { text += ",\(JSONText.quoted(name)):\(value)" }
        for (name, values) in lists {
            text += ",\(JSONText.quoted(name)):[\(values.map(JSONText.quoted).joined(separator: ","))]"
        }
        return text + "}\n"
    }
}
