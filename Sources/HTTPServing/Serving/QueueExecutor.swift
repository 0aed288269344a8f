import Dispatch

/// Lets an actor live on a serial dispatch queue, whose sources and timers then find its state without waiting.
///
/// (`DispatchSerialQueue`, which is such an executor itself, does not exist on Linux.)
final class QueueExecutor: SerialExecutor {
    let queue: DispatchQueue

    /// The most that a user may have who is not root: for more, Dispatch asks the kernel in vain, and writes to the system's log that
    /// it did, for each thread that it starts.
    static let urgency = DispatchQoS.default

    init(label: String) {
        queue = DispatchQueue(label: label, qos: Self.urgency)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Asked by `assumeIsolated` when no task is running: in a source's or a timer's handler.
    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
