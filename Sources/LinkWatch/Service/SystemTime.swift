package import ClusterLinks
import Foundation
import Locking

/// Service time from the system's clocks (truth rule 12).
package final class SystemTime: TimeSource {
    private let time: Locked<ServiceTime>
    private let boot = ContinuousClock.now

    /// - Parameter floor: the last stored instant, before which service time never lies.
    package init(notBefore floor: Instant?) {
        time = Locked(ServiceTime(wall: Self.wall, bootTime: .zero, notBefore: floor))
    }

    package func now() -> Instant {
        time.withLock { $0.now(wall: Self.wall, bootTime: boot.duration(to: .now)) }
    }

    /// How far the wall clock is ahead of service time.
    var offset: Duration {
        _ = now()
        return time.withLock { $0.offset(ofWall: Self.wall) }
    }

    /// The wall clock, which may step.
    static var wall: Instant {
        var spec = timespec()
        clock_gettime(CLOCK_REALTIME, &spec)
        return Instant(milliseconds: Int64(spec.tv_sec) * 1000 + Int64(spec.tv_nsec) / 1_000_000)
    }
}
