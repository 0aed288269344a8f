import Locking
import Logging

/// Gives the sign of life that a service manager waits for, once every vital part has just shown that it lives.
///
/// A part that hangs holds the beat back, until the manager ends the process and starts another; so a part that answers late
/// is no harm as long as it is earlier than that. Meanwhile the log names it.
struct Heartbeat: Sendable {
    let parts: [VitalPart]
    /// Between beats, and the patience before the log names who is waited for.
    let interval: Duration
    let logger: Logger
    let clock: any Clock<Duration>
    let beat: @Sendable () -> Void

    /// Beats until its task is cancelled; a part that hangs then is waited for.
    func run() async {
        while !Task.isCancelled {
            // Sleeping ends early only with the service.
            try? await clock.sleep(for: interval)
            guard !Task.isCancelled else { return }
            if await areAllAlive() { beat() }
        }
    }

    private func areAllAlive() async -> Bool {
        let awaited = Locked(Set(parts.map(\.name)))
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { await nameLatecomers(awaited) }
            await withTaskGroup(of: Void.self) { asking in
                for part in parts {
                    asking.addTask {
                        guard await part.isAlive() else { return }
                        awaited.withLock { _ = $0.remove(part.name) }
                    }
                }
            }
            group.cancelAll()
            let stuck = awaited.withLock(\.self)
            tell(stuck)
            return stuck.isEmpty
        }
    }

    private func nameLatecomers(_ awaited: Locked<Set<String>>) async {
        do { try await clock.sleep(for: interval) } catch { return }
        tell(awaited.withLock(\.self))
    }

    private func tell(_ stuck: Set<String>) {
        guard !stuck.isEmpty else { return }
        logger.critical(
            "no sign of life is given: a part does not answer",
            metadata: ["service.parts": "\(stuck.sorted().joined(separator: ", "))"]
        )
    }
}
