package import ClusterLinks

/// Why links could not be read, with all that is shown of it and all that the schedule needs.
package struct PollFailure: Error, Sendable, Hashable {
    package let reason: FailureReason
    /// Nil where no answer came.
    package let httpStatus: Int?
    /// Confluent's own, of an error body.
    package let errorCode: Int?
    /// The upstream's message or, where it has none, ours: one line of at most `PlainLine.limit` characters without
    /// control characters and without the secrets that were sent.
    package let message: String
    /// How long the upstream asks to be left alone; nil where it does not say.
    package let retryAfter: Duration?

    init(
        _ reason: FailureReason,
        httpStatus: Int? = nil,
        errorCode: Int? = nil,
        message: String,
        retryAfter: Duration? = nil,
        hiding secrets: Redaction = .nothing
    ) {
        self.reason = reason
        self.httpStatus = httpStatus
        self.errorCode = errorCode
        self.message = PlainLine(message, hiding: secrets).text
        self.retryAfter = retryAfter
    }

    /// Whether asking again soon is pointless: credentials do not heal by themselves.
    package var straightToCap: Bool { httpStatus == 401 || httpStatus == 403 }

    /// What this failure has in common with others like it in a run of polls.
    package var outcome: PollOutcome { PollOutcome(failure: reason.rawValue, httpStatus: httpStatus) }
}

extension PollFailure {
    /// Reads an answer that is no success; nil for 2xx.
    init?(_ response: TransportResponse, now: Instant, hiding secrets: Redaction) {
        // A success is most of what comes, and its body is not read twice.
        guard !(200...299).contains(response.status) else { return nil }
        let error = UpstreamError(body: response.body)
        guard let reason = FailureReason(status: response.status, errorCode: error.code) else { return nil }
        self.init(
            reason,
            httpStatus: response.status,
            errorCode: error.code,
            message: error.message ?? "HTTP status \(response.status) without a message",
            retryAfter: RetryAdvice(response, now: now).delay,
            hiding: secrets
        )
    }

    init(_ failure: TransportFailure, hiding secrets: Redaction) {
        self.init(FailureReason(transport: failure.reason), message: failure.message, hiding: secrets)
    }

    static func cancelled() -> PollFailure { PollFailure(.cancelled, message: "the poll was cancelled") }
}

extension PollFailure: CustomStringConvertible {
    package var description: String {
        let facts = [httpStatus.map { "HTTP status \($0)" }, errorCode.map { "error code \($0)" }].compactMap(\.self)
        return facts.isEmpty
            ? "\(reason.rawValue): \(message)" : "\(reason.rawValue) (\(facts.joined(separator: ", "))): \(message)"
    }
}
