/// The time-outs in nanoseconds, converted once because `Duration` divides 128-bit numbers.
struct TimeoutSpans: Sendable {
    let head: Int64
    let body: Int64
    let idle: Int64
    let write: Int64
    let linger: Int64
    let halfClosed: Int64

    init(_ timeouts: HTTPTimeouts) {
        head = timeouts.head.inNanoseconds
        body = timeouts.body.inNanoseconds
        idle = timeouts.idle.inNanoseconds
        write = timeouts.write.inNanoseconds
        linger = timeouts.linger.inNanoseconds
        halfClosed = timeouts.halfClosed.inNanoseconds
    }

    var shortest: Int64 { min(head, body, idle, write, linger, halfClosed) }
}

extension Duration {
    /// Whole nanoseconds, from nothing up to about 146 years.
    var inNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return min(max(seconds, 0), .max / 2_000_000_000) * 1_000_000_000 + max(attoseconds, 0) / 1_000_000_000
    }
}
