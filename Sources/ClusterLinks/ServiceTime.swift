/// The service's own time: the wall clock at the start plus the boot-time clock, drawn slowly towards the wall clock
/// (truth rule 12).
///
/// A step of the wall clock bends no history: service time never runs backwards, and gains or loses at most 500 µs in a
/// second.
package struct ServiceTime: Sendable {
    /// Nanoseconds since 1970; fits an `Int64` until the year 2262.
    private var nanoseconds: Int64
    private var lastBootTime: Int64
    /// Time that passed and was not yet turned into a pull, because a pull is a whole number of nanoseconds.
    private var unused: Int64 = 0

    /// - Parameters:
    ///   - wall: the wall clock now.
    ///   - bootTime: nanoseconds of a clock that never steps and counts while the machine sleeps.
    ///   - floor: the last stored instant, before which service time never lies.
    package init(wall: Instant, bootTime: Int64, notBefore floor: Instant?) {
        nanoseconds = max(wall, floor ?? wall).milliseconds * 1_000_000
        lastBootTime = bootTime
    }

    /// Service time now; moves the correction on by what the time since the last call allows.
    package mutating func now(wall: Instant, bootTime: Int64) -> Instant {
        let elapsed = max(0, bootTime - lastBootTime)
        lastBootTime = max(bootTime, lastBootTime)
        nanoseconds += elapsed
        let offset = wall.milliseconds * 1_000_000 - nanoseconds
        // The wall clock is read in milliseconds: what is smaller is no offset.
        if abs(offset) >= 1_000_000 {
            let pull = (unused + elapsed) / Self.slowestPull
            unused = (unused + elapsed) % Self.slowestPull
            nanoseconds += min(max(offset, -pull), pull)
        }
        return Instant(milliseconds: nanoseconds / 1_000_000)
    }

    /// How far the wall clock is ahead of service time; below zero where it is behind.
    package func offset(ofWall wall: Instant) -> Duration { .nanoseconds(wall.milliseconds * 1_000_000 - nanoseconds) }

    /// 500 ppm: one part in 2000.
    private static let slowestPull: Int64 = 2000
}
