import ClusterLinks
import Locking

/// Service time that is moved by hand.
final class SimulatedTime: TimeSource {
    private let instant: Locked<Instant>

    init(_ instant: Instant) { self.instant = Locked(instant) }

    func now() -> Instant { instant.withLock { $0 } }

    func set(_ instant: Instant) { self.instant.withLock { $0 = instant } }
}
