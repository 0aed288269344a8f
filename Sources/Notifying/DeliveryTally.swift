import Locking

/// How many messages were taken and how many attempts failed since the process began, by integration.
package final class DeliveryTally: Sendable {
    package struct Counts: Sendable, Hashable {
        package var delivered = 0
        /// Attempts, by why; one that was the last of its message is in `dropped` too.
        package var failed: [DeliveryFailure.Reason: Int] = [:]
        /// Messages that will not be delivered, by why.
        package var dropped: [DeliveryFailure.Reason: Int] = [:]
    }

    private let all = Locked<[Integration: Counts]>([:])

    package init() {}

    package var counts: [Integration: Counts] { all.withLock { $0 } }

    /// Lets an integration be told of before anything has happened with it.
    func expect(_ integration: Integration) {
        all.withLock { $0[integration, default: Counts()].delivered += 0 }
    }

    func count(_ outcome: DeliveryOutcome, for integration: Integration) {
        all.withLock { all in
            switch outcome {
            case .delivered: all[integration, default: Counts()].delivered += 1
            case .failed(let failure, _, _): all[integration, default: Counts()].failed[failure.reason, default: 0] += 1
            case .dropped(let failure, _):
                all[integration, default: Counts()].failed[failure.reason, default: 0] += 1
                all[integration, default: Counts()].dropped[failure.reason, default: 0] += 1
            }
        }
    }
}
