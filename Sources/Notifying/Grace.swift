import Locking

/// Runs a piece of work that does not learn of its task's cancellation until it had so much time to end by itself.
///
/// Returns when the work has ended, so the work has a parent that waits for it.
func withGrace<Result: Sendable>(
    of patience: Duration,
    on clock: any Clock<Duration>,
    _ work: @escaping @Sendable () async -> Result
) async -> Result {
    let task = Task { await work() }
    let timer = Locked<Task<Void, Never>?>(nil)
    let result = await withTaskCancellationHandler {
        await task.value
    } onCancel: {
        timer.withLock { timer in
            timer = Task {
                // Cancelled only when the work is done, and then a second cancellation is nothing.
                try? await clock.sleep(for: patience)
                task.cancel()
            }
        }
    }
    timer.withLock { $0 }?.cancel()
    return result
}
