import ExactJSON

/// An answer of status 2xx whose body is unpacked, but may still be anything.
struct Answer: Sendable {
    let status: Int
    let body: [UInt8]
    let secrets: Redaction

    /// The body as JSON; failing says what came instead.
    func json() throws(PollFailure) -> JSONValue {
        guard !body.isEmpty else { throw malformed("the body is empty") }
        do throws(JSONError) {
            return try JSONValue(parsing: body)
        } catch {
            guard let page = ErrorPage(body) else { throw malformed("\(error)") }
            throw malformed("HTML came instead of JSON: \(page.gist ?? "a page without text")")
        }
    }

    /// A failure over this answer's content, with the message that an error body under a status of success may hold.
    func malformed(_ fault: String, in value: JSONValue? = nil) -> PollFailure {
        let error = value.flatMap { ErrorBody($0) }
        return PollFailure(
            .malformed,
            httpStatus: status,
            errorCode: error?.code,
            message: fault + (error?.message.map { ": \($0)" } ?? ""),
            hiding: secrets
        )
    }
}
