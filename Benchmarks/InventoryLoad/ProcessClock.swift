import Foundation

/// The time since it was made, on the wall and of all cores for this process.
struct ProcessClock {
    private let wall = ContinuousClock.now
    private let processor = Self.processorTime()

    func taken() -> (wall: Duration, processor: Duration) {
        (ContinuousClock.now - wall, Self.processorTime() - processor)
    }

    private static func processorTime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
