import CEventQueue
import Dispatch
import Locking

/// Lets an event loop live on a serial dispatch queue and wait there for its sockets and its work at once.
///
/// While the loop has sockets to watch, its queue's thread stays with it, waits in the kernel, and runs what comes in between
/// two looks at them; so neither readiness nor work takes a way through Dispatch's manager thread. A loop without sockets
/// leaves the thread to others.
final class EventExecutor: SerialExecutor {
    /// Looks at the sockets once, after waiting for them if that was allowed; false when there are none to watch.
    typealias Look = @Sendable () -> Bool

    private enum Work {
        case job(UnownedJob)
        case block(@Sendable () -> Void)
    }

    private enum Phase {
        /// Nothing runs; work must send for a thread.
        case dormant
        /// The thread is busy and will find new work by itself.
        case awake
        /// The thread waits in the kernel and must be woken.
        case waiting
    }

    private struct Inbox {
        var phase = Phase.dormant
        var work: [Work] = []
        var look: Look?
    }

    private let queue: DispatchQueue
    private let inbox = Locked(Inbox())
    private let wake: WakeDescriptor

    init(label: String, wake: WakeDescriptor) {
        queue = DispatchQueue(label: label, qos: QueueExecutor.urgency)
        self.wake = wake
    }

    /// Says how the sockets are looked at, once there is a loop to do it.
    func install(_ look: @escaping Look) {
        inbox.withLock { $0.look = look }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        add(.job(UnownedJob(job)))
    }

    /// Runs a block on the queue, soon.
    func perform(_ block: @escaping @Sendable () -> Void) {
        add(.block(block))
    }

    /// Asked by `assumeIsolated` when no task is running.
    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }

    private func add(_ work: Work) {
        let phase = inbox.withLock { inbox in
            inbox.work.append(work)
            defer { inbox.phase = .awake }
            return inbox.phase
        }
        switch phase {
        case .dormant: queue.async { self.run() }
        case .waiting: wake.raise()
        case .awake: break
        }
    }

    /// Whether the loop may wait in the kernel now; until it comes back, whoever has work wakes it.
    func mayWait() -> Bool {
        inbox.withLock { inbox in
            guard inbox.work.isEmpty else { return false }
            inbox.phase = .waiting
            return true
        }
    }

    private func run() {
        var batch: [Work] = []
        while true {
            let look = inbox.withLock { inbox in
                inbox.phase = .awake
                swap(&batch, &inbox.work)
                return inbox.look
            }
            for work in batch {
                switch work {
                case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
                case .block(let block): block()
                }
            }
            batch.removeAll(keepingCapacity: true)
            if look?() ?? false { continue }
            let isDone = inbox.withLock { inbox in
                guard inbox.work.isEmpty else { return false }
                inbox.phase = .dormant
                return true
            }
            if isDone { return }
        }
    }
}
