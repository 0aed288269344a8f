package import ExactJSON

/// What somebody who follows the changes is told.
package enum FollowEvent: Sendable {
    /// At least one, in order, each once.
    case changes([JSONValue])
    /// The service does not answer; it is asked again until it does.
    case lost(ServiceError)
    /// It answers again, and nothing was missed.
    case back
}

extension Respondent {
    /// Tells changes as they happen, without a gap or a repetition through losses of the connection and restarts of the
    /// service, until the task is cancelled.
    ///
    /// - Throws: a `ServiceError` that asking again does not mend, such as a place that is not kept any more; what telling throws.
    package func follow(
        after position: Int64,
        filters: [(name: String, value: String)],
        wait: Duration = .seconds(30),
        clock: any Clock<Duration> = ContinuousClock(),
        _ tell: (FollowEvent) async throws -> Void
    ) async throws {
        var plan = FollowPlan(after: position)
        while !Task.isCancelled {
            do {
                let page = try await changes(after: plan.position, filters: filters, wait: wait)
                if plan.isLost { try await tell(.back) }
                if !page.changes.isEmpty { try await tell(.changes(page.changes)) }
                plan.took(page)
            } catch let error as ServiceError {
                // Cancelling ends the question that is being asked, too.
                guard !Task.isCancelled else { return }
                let wasLost = plan.isLost
                guard case .comeBack(let delay) = plan.failed(error) else { throw error }
                if !wasLost { try await tell(.lost(error)) }
                try await clock.sleep(for: delay)
            }
        }
    }
}
