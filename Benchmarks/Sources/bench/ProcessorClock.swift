import Glibc

/// The processor time that processes have taken so far.
///
/// clock_getcpuclockid(3) counts in nanoseconds and keeps the time of threads that have ended; the ticks of `/proc/PID/stat` are too
/// coarse for short rounds, and `/proc/PID/task` forgets threads.
struct ProcessorClock {
    let pids: [Int32]

    /// User and system time of all processes together.
    func read() throws(BenchError) -> Duration {
        var sum = Duration.zero
        for pid in pids {
            var clock = clockid_t()
            let code = clock_getcpuclockid(pid, &clock)
            guard code == 0 else { throw .noClock(pid: pid, code: code) }
            var time = timespec()
            guard clock_gettime(clock, &time) == 0 else { throw .noClock(pid: pid, code: errno) }
            sum += .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
        return sum
    }
}
