package import ClusterLinks
import Locking

/// The time of a random history: service time over a wall clock and a boot-time clock that only the history moves.
package final class HistoryClock: TimeSource {
    private struct State {
        var wall: Instant
        var bootTime: Int64 = 0
        var service: ServiceTime
    }

    private let state: Locked<State>

    init(_ wall: Instant) {
        state = Locked(State(wall: wall, service: ServiceTime(wall: wall, bootTime: 0, notBefore: nil)))
    }

    package func now() -> Instant {
        state.withLock { $0.service.now(wall: $0.wall, bootTime: $0.bootTime) }
    }

    /// Time passes, and the wall clock is set besides, forwards or back.
    func advance(by passed: Duration, settingWallBy step: Duration) {
        state.withLock { state in
            state.bootTime += passed.milliseconds * 1_000_000
            state.wall = state.wall.advanced(by: passed + step)
        }
    }

    /// The service starts again: its time begins with the wall clock, but not before what it has stored.
    func restart(notBefore floor: Instant?) {
        state.withLock { $0.service = ServiceTime(wall: $0.wall, bootTime: $0.bootTime, notBefore: floor) }
    }
}
