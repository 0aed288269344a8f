package import ClusterLinks
import Foundation
import Locking

/// Service time from the system's clocks (truth rule 12).
package final class SystemTime: TimeSource {
    private let time: Locked<ServiceTime>

    /// - Parameter floor: the last stored instant, before which service time never lies.
    package init(notBefore floor: Instant?) {
        time = Locked(ServiceTime(wall: Self.wall, bootTime: Self.bootTime, notBefore: floor))
    }

    package func now() -> Instant {
        time.withLock { $0.now(wall: Self.wall, bootTime: Self.bootTime) }
    }

    /// How far the wall clock is ahead of service time.
    var offset: Duration {
        _ = now()
        return time.withLock { $0.offset(ofWall: Self.wall) }
    }

    /// The wall clock, which may step.
    static var wall: Instant { Instant(milliseconds: nanoseconds(of: CLOCK_REALTIME) / 1_000_000) }

    /// Nanoseconds of a clock that never steps and counts while the machine sleeps.
    private static var bootTime: Int64 {
        #if canImport(Glibc)
        nanoseconds(of: CLOCK_BOOTTIME)
        #else
        nanoseconds(of: CLOCK_MONOTONIC)
        #endif
    }

    private static func nanoseconds(of clock: clockid_t) -> Int64 {
        var spec = timespec()
        clock_gettime(clock, &spec)
        return Int64(spec.tv_sec) * 1_000_000_000 + Int64(spec.tv_nsec)
    }
}
