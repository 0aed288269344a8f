package import ClusterLinks

/// One attempt to list a cluster's links, as it ended.
package struct PollObservation: Sendable {
    package enum Result: Sendable {
        case list(LinkList)
        /// The body was byte for byte the last one.
        case unchanged
        case failure(reason: String, message: String)
    }

    package let cluster: ClusterID
    /// When the answer was complete.
    package let at: Instant
    package let duration: Duration
    package let httpStatus: Int?
    package let result: Result

    package init(cluster: ClusterID, at: Instant, duration: Duration, httpStatus: Int?, result: Result) {
        self.cluster = cluster
        self.at = at
        self.duration = duration
        self.httpStatus = httpStatus
        self.result = result
    }

    var outcome: PollOutcome {
        switch result {
        case .list, .unchanged: PollOutcome(failure: nil, httpStatus: httpStatus)
        case .failure(let reason, _): PollOutcome(failure: reason, httpStatus: httpStatus)
        }
    }

    var message: String? {
        if case .failure(_, let message) = result { message } else { nil }
    }
}
