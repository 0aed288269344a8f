package import Measuring

/// A few clients that ask in turn at a fixed rate, far below what the server can do, each on a connection of its own.
///
/// Clients that ask as fast as they can would measure the queue that they make themselves; these measure what one client
/// waits who asks now and then. One question is under way at a time. A turn that comes while the last answer is still awaited counts
/// from the turn, not from when it could be asked at last: else a server that stops for a second would be asked less and look better.
package struct PacedClients {
    private let request: [UInt8]
    private let interval: Int
    private let sockets: [LoopbackSocket]

    /// Connects, and asks once on each connection so that nothing is done for the first time when it counts.
    package init(count: Int, perSecond rate: Int, port: UInt16, asking request: RequestText) throws {
        let bytes = request.bytes(port: port)
        self.request = bytes
        interval = 1_000_000_000 / rate
        sockets = try (0..<count).map { _ in
            let socket = try LoopbackSocket(port: port)
            _ = try socket.answer(to: bytes)
            return socket
        }
    }

    /// Asks for that long.
    package func run(for duration: Duration) throws -> Latencies {
        var latencies: [Duration] = []
        var turn = MonotonicClock.now
        let end = turn + Int(duration.inSeconds * 1_000_000_000)
        var isLate = false
        var next = 0
        while turn < end {
            if !isLate { MonotonicClock.sleep(until: turn) }
            // A turn that the sleep came late to is not the server's fault.
            let asked = isLate ? turn : MonotonicClock.now
            _ = try sockets[next].answer(to: request)
            let answered = MonotonicClock.now
            latencies.append(.nanoseconds(answered - asked))
            next = (next + 1) % sockets.count
            turn += interval
            isLate = answered > turn
        }
        return Latencies(latencies)
    }
}
