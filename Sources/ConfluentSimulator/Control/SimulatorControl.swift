import Locking

/// The simulated upstream as it is shared: by the routes that answer for it, the control interface, scripts and tests.
///
/// Every call is synchronous and takes one lock for as long as the pure value below needs; only waiting suspends. What the
/// HTTP interface under `/control/v1` offers is offered here in process.
package final class SimulatorControl: Sendable {
    private struct State {
        var upstream: SimulatedUpstream
        var waiters: [Int: Waiter] = [:]
        var lastWaiter = 0
    }

    private struct Waiter {
        let isSatisfied: @Sendable (SimulatedUpstream) -> Bool
        let continuation: CheckedContinuation<Void, any Error>
    }

    package let clock: SimulatorClock
    private let state: Locked<State>

    package init(
        fleet: SimulatedFleet,
        timing: SimulatorTiming = SimulatorTiming(),
        clock: SimulatorClock = .continuous()
    ) {
        self.clock = clock
        state = Locked(State(upstream: SimulatedUpstream(fleet: fleet, timing: timing)))
    }

    /// The fleet as it is now, creations and deletions under way included.
    package var fleet: SimulatedFleet { state.withLock { $0.upstream.fleet } }

    /// How often each cluster was asked what.
    package var requests: RequestLedger { state.withLock { $0.upstream.ledger } }

    package var timing: SimulatorTiming {
        get { state.withLock { $0.upstream.timing } }
        set { state.withLock { $0.upstream.timing = newValue } }
    }

    /// Makes one thing happen.
    ///
    /// - Throws: `SimulatorError`, and then nothing happened.
    package func apply(_ event: SimulatedEvent) throws(SimulatorError) {
        try change { (upstream) throws(SimulatorError) in try upstream.apply(event) }
    }

    /// Adds a fault to a cluster's answers and returns the number that `clearFault` takes.
    @discardableResult
    package func inject(_ fault: SimulatedFault, on clusterID: String) throws(SimulatorError) -> Int {
        try change { (upstream) throws(SimulatorError) in try upstream.inject(fault, on: clusterID) }
    }

    /// Ends one fault before it is used up.
    package func clearFault(_ number: Int, on clusterID: String) throws(SimulatorError) {
        try change { (upstream) throws(SimulatorError) in try upstream.clearFault(number, on: clusterID) }
    }

    /// Ends every fault of a cluster.
    package func clearFaults(on clusterID: String) throws(SimulatorError) {
        try apply(.clearFaults(clusterID))
    }

    package func activeFaults(
        on clusterID: String
    ) throws(SimulatorError) -> [SimulatedUpstream.ActiveFault] {
        try change { (upstream) throws(SimulatorError) in try upstream.activeFaults(on: clusterID) }
    }

    /// Makes a cluster's list answer with exactly these bytes until its faults are cleared.
    package func setListBody(
        _ bytes: [UInt8],
        contentType: String = "application/json",
        on clusterID: String
    ) throws(SimulatorError) {
        let fault = SimulatedFault(.body(status: 200, contentType: contentType, bytes: bytes), on: .lists)
        try inject(fault, on: clusterID)
    }

    /// Adds a drawn cluster whose links come from elsewhere, and returns it.
    @discardableResult
    package func addCluster(
        id: String,
        name: String? = nil,
        links: Int,
        dialect: SimulatedCluster.Dialect? = nil,
        credential: SimulatedCredential? = nil
    ) throws(SimulatorError) -> SimulatedCluster {
        try change { (upstream) throws(SimulatorError) in
            var cluster = upstream.fleet.makeCluster(id: id, name: name, links: links)
            cluster.dialect = dialect ?? cluster.dialect
            cluster.credential = credential
            try upstream.apply(.addCluster(cluster))
            return cluster
        }
    }

    /// A new identity for a link that is to be created.
    package func makeLinkID() -> SimulatedLinkID {
        state.withLock { $0.upstream.fleet.makeLinkID() }
    }

    /// Completes every creation and deletion under way, without waiting for their time.
    package func settle() {
        state.withLock { $0.upstream.settle() }
    }

    package func clearRequests() {
        state.withLock { $0.upstream.clearLedger() }
    }

    /// The answer to one request, which is counted.
    package func answer(_ request: UpstreamRequest) throws(SimulatorError) -> SimulatedAnswer {
        let now = clock.elapsed()
        return try change { (upstream) throws(SimulatorError) in try upstream.answer(request, at: now) }
    }

    /// Waits until so many requests were seen that fit; nil fits all.
    ///
    /// The answers may still be on their way.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    package func waitForRequests(
        of clusterID: String? = nil,
        method: String? = nil,
        path: String? = nil,
        atLeast count: Int
    ) async throws {
        try await wait { $0.ledger.total(of: clusterID, method: method, path: path) >= count }
    }

    private func wait(until isSatisfied: @escaping @Sendable (SimulatedUpstream) -> Bool) async throws {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isDone = state.withLock { state in
                    // A cancellation that came first found no waiter to end.
                    if Task.isCancelled || isSatisfied(state.upstream) { return true }
                    state.waiters[number] = Waiter(isSatisfied: isSatisfied, continuation: continuation)
                    return false
                }
                if isDone { continuation.resume() }
            }
            try Task.checkCancellation()
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    private func change<Result: Sendable>(
        _ body: (inout SimulatedUpstream) throws(SimulatorError) -> Result
    ) throws(SimulatorError) -> Result {
        let outcome = state.withLock { state -> (Swift.Result<Result, SimulatorError>, [Waiter]) in
            let result: Swift.Result<Result, SimulatorError>
            do throws(SimulatorError) {
                result = .success(try body(&state.upstream))
            } catch {
                result = .failure(error)
            }
            let ready = state.waiters.filter { $0.value.isSatisfied(state.upstream) }
            for number in ready.keys { state.waiters[number] = nil }
            return (result, Array(ready.values))
        }
        for waiter in outcome.1 { waiter.continuation.resume() }
        return try outcome.0.get()
    }
}
