/// The callers that wait for polls, by cluster: those whose poll has begun, and those whose poll is still to begin.
struct ManualPolls<ID: Hashable & Sendable, Report: Sendable>: Sendable {
    private var awaitingStart: [ID: [ManualPoll<Report>]] = [:]
    private var awaitingEnd: [ID: [ManualPoll<Report>]] = [:]

    /// Callers whose poll has not begun yet, those that gave up among them.
    var countAwaitingStart: Int { awaitingStart.values.reduce(0) { $0 + $1.count } }

    mutating func add(_ caller: ManualPoll<Report>, for id: ID) {
        // A poll that never begins must not gather the callers that gave up waiting.
        awaitingStart[id, default: []].removeAll(where: \.isSettled)
        awaitingStart[id, default: []].append(caller)
    }

    /// Notes that a poll begins, which is what all callers of the cluster wait for.
    mutating func started(_ id: ID) {
        awaitingEnd[id] = awaitingStart.removeValue(forKey: id)
    }

    mutating func finished(_ id: ID, with report: Report) {
        awaitingEnd.removeValue(forKey: id)?.forEach { $0.settle(.success(report)) }
    }

    /// Fails the callers whose poll will not begin, since their cluster is no longer asked.
    mutating func removed(where isRemoved: (ID) -> Bool) {
        for id in awaitingStart.keys where isRemoved(id) {
            awaitingStart.removeValue(forKey: id)?
                .forEach { $0.settle(.failure(.clusterRemoved(String(describing: id)))) }
        }
    }

    mutating func stopped() {
        for caller in awaitingStart.values.joined() { caller.settle(.failure(.stopped)) }
        for caller in awaitingEnd.values.joined() { caller.settle(.failure(.stopped)) }
        awaitingStart = [:]
        awaitingEnd = [:]
    }
}
