/// Clients that send a request's head a byte a second, and begin anew when the server has enough of it.
///
/// Each has its own place in the second, so that the bytes come evenly and not as one burst: what is measured is a server that
/// holds a thousand unfinished heads, not one that is struck a thousand times at once.
package struct DribblingCrowd {
    private struct Client {
        var socket: LoopbackSocket?
        var sent = 0
    }

    private let port: UInt16
    private let head: [UInt8]
    private var clients: [Client]

    package init(count: Int, port: UInt16) {
        self.port = port
        // Too long to be finished before any sensible time-out.
        head = RequestText(path: "/api/v1/links", fields: ["X-Slow: \(String(repeating: "z", count: 4000))"])
            .bytes(port: port)
        clients = Array(repeating: Client(), count: count)
    }

    /// Dribbles until the process is ended.
    package mutating func run() throws -> Never {
        let interval = 1_000_000_000 / clients.count
        var due = MonotonicClock.now
        while true {
            for index in clients.indices {
                clients[index] = try advanced(clients[index])
                due += interval
                MonotonicClock.sleep(until: due)
            }
        }
    }

    /// One turn of one client: a byte more, on a new connection if the server has closed the last one.
    private func advanced(_ client: Client) throws -> Client {
        var client = client
        if try !isOpen(client) { client = Client(socket: try LoopbackSocket(port: port)) }
        do {
            try client.socket?.send(head[client.sent...client.sent])
            client.sent += 1
        } catch LoadError.closedEarly {
            client.socket = nil
        }
        return client
    }

    /// Whatever the server says to half a head, it is the 408 or the end.
    private func isOpen(_ client: Client) throws -> Bool {
        guard let socket = client.socket, client.sent < head.count else { return false }
        return try withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 16) { buffer in
            if case .nothingYet = try socket.receive(into: buffer, waiting: false) { true } else { false }
        }
    }
}
