import Dispatch
import Locking
package import Logging

/// Logs one line for each exchange, and keeps nobody waiting who is served.
///
/// Exchanges are told on the event queues, where nothing may block, while a log blocks as soon as nobody reads it. So they
/// wait in a bounded buffer until a queue of their own has written them (a line bears the time of its writing). One that finds
/// the buffer full is left out and counted, and the count is logged as a warning once the log takes lines again.
///
/// A line names the route, never the path or the query, and none of the fields: all of these may hold secrets.
package final class AccessLog: Sendable {
    private struct State {
        var entries: [Entry] = []
        var leftOut = 0
        var isWriting = false
    }

    private let logger: Logger
    private let capacity: Int
    private let queue = DispatchQueue(label: "http.access-log", qos: .utility)
    private let state = Locked(State())

    /// Makes a log that keeps up to `capacity` exchanges waiting, and as many besides while it writes them.
    package init(logger: Logger, capacity: Int = 8192) {
        self.logger = logger
        self.capacity = capacity
    }

    /// Takes an exchange down; never waits for the log.
    package func add(_ exchange: Exchange) {
        let entry = Entry(exchange)
        let isFirst = state.withLock { state in
            guard state.entries.count < capacity else {
                state.leftOut += 1
                return false
            }
            state.entries.append(entry)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if isFirst { queue.async { self.write() } }
    }

    /// Waits until what was taken down so far is written, but not longer than a log that nobody reads deserves.
    package func finish(within span: Duration) async {
        let finished = Signal()
        queue.async { finished.raise() }
        DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(Int(span.inNanoseconds))) {
            finished.raise()
        }
        await finished.wait()
    }

    private func write() {
        while let (entries, leftOut) = takeAll() {
            for entry in entries { logger.info("request", metadata: entry.metadata) }
            if leftOut > 0 {
                logger.warning(
                    "requests were left out of the log, which did not take them as fast as they were answered",
                    metadata: ["http.requests_left_out": "\(leftOut)"]
                )
            }
        }
    }

    /// What waits; nil, and whoever comes next begins anew, where nothing does.
    private func takeAll() -> (entries: [Entry], leftOut: Int)? {
        state.withLock { state in
            guard !state.entries.isEmpty else {
                state.isWriting = false
                return nil
            }
            defer {
                state.entries = []
                state.leftOut = 0
            }
            return (state.entries, state.leftOut)
        }
    }
}

/// What is logged of an exchange; it does not hold on to the request.
private struct Entry {
    let method: String
    let route: String
    let status: Int
    let bytesSent: Int
    let duration: Duration
    let peer: PeerAddress

    init(_ exchange: Exchange) {
        method = exchange.methodLabel
        route = exchange.routeTemplate
        status = exchange.status
        bytesSent = exchange.bytesSent
        duration = exchange.duration
        peer = exchange.peer
    }

    var metadata: Logger.Metadata {
        [
            "http.method": "\(method)", "http.route": "\(route)", "http.status": "\(status)",
            "http.bytes_sent": "\(bytesSent)", "http.duration_seconds": "\(seconds)", "http.peer": "\(peer)",
        ]
    }

    /// With six decimals, never in powers of ten.
    private var seconds: String {
        let microseconds = duration.inNanoseconds / 1000
        return "\(microseconds / 1_000_000).\(String(1_000_000 + microseconds % 1_000_000).dropFirst())"
    }
}
