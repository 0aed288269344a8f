package import ExactJSON

/// Who answers a question: a running service, or this process in the place of one for a database that lies still.
package protocol Respondent: Sendable {
    /// Makes one exchange, whatever the answer says.
    /// - Throws: `ServiceError` where there is no answer.
    func exchange(_ request: ServiceRequest) async throws(ServiceError) -> ServiceAnswer
}

/// What came back, complete.
package struct ServiceAnswer: Sendable {
    package let status: Int
    package let body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

extension Respondent {
    /// The answer to a question that is granted; null where the answer has no body.
    /// - Throws: `ServiceError`, also for a status that says no.
    package func ask(_ request: ServiceRequest) async throws(ServiceError) -> JSONValue {
        let answer = try await exchange(request)
        guard (200...299).contains(answer.status) else { throw ServiceError(answer, to: request) }
        guard !answer.body.isEmpty else { return .null }
        do throws(JSONError) {
            return try JSONValue(parsing: answer.body)
        } catch {
            throw .unintelligible(status: answer.status, reason: "\(error)")
        }
    }
}
