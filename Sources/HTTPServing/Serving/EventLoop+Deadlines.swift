extension EventLoop {
    /// Sets when a connection is looked at next, whatever was set before; `Int64.max` is never.
    func setDeadline(_ deadline: Int64, for connection: Connection) {
        connection.deadline = deadline
        // Compared by when it would be told, or a connection told early would be put in again beside the reminder it has.
        guard deadline != .max, wheel.telling(of: deadline) < connection.alarm else { return }
        connection.alarm = wheel.insert(connection.id.token, at: deadline)
    }

    func checkDeadlines() {
        for token in wheel.advance(to: now) {
            guard let connection = connections[token] else { continue }
            if connection.alarm <= now { connection.alarm = .max }
            if connection.deadline <= now {
                expire(connection)
            } else {
                setDeadline(connection.deadline, for: connection)
            }
        }
    }

    private func expire(_ connection: Connection) {
        connection.deadline = .max
        switch connection.phase {
        case .receiving:
            switch connection.parser.waiting {
            // Nothing was asked, so there is nothing to answer (RFC 9112 §9.5).
            case .request: close(connection)
            case .head: refuse(connection, RequestRefusal.headTimedOut.problem)
            case .body: refuse(connection, RequestRefusal.bodyTimedOut.problem)
            }
            advance(connection)
        case .handling, .streaming, .flushing:
            if hasRead(connection) {
                noteReading(connection)
                setDeadline(min(now + service.spans.write, connection.departure), for: connection)
            } else {
                close(connection, resetting: true)
            }
        case .turnedAway where connection.parser.waiting == .head:
            refuse(connection, service.turnedAway)
        case .turnedAway, .lingering:
            close(connection)
        case .closed: break
        }
    }

    /// A peer that finished sending and takes what it is sent has not left: were it gone, its side would answer with a reset.
    func noteReading(_ connection: Connection) {
        guard connection.departure != .max else { return }
        connection.departure = now + service.spans.halfClosed
        setDeadline(connection.departure, for: connection)
    }

    /// Whether a blocked connection's peer has taken something since the deadline was set.
    ///
    /// The kernel tells of room only once a third of its buffer is free, and a slow reader may need many deadlines for that
    /// (sk_stream_is_writeable in Linux's include/net/sock.h).
    private func hasRead(_ connection: Connection) -> Bool {
        guard connection.isBlocked else { return false }
        let before = connection.unacknowledged
        connection.unacknowledged = connection.socket.unacknowledged
        return connection.unacknowledged < before
    }
}
