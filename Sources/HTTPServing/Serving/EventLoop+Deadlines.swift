extension EventLoop {
    /// Sets when a connection is looked at next, whatever was set before; `Int64.max` is never.
    func setDeadline(_ deadline: Int64, for connection: Connection) {
        connection.deadline = deadline
        guard deadline < connection.alarm else { return }
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
            close(connection, resetting: true)
        case .lingering:
            close(connection)
        case .closed: break
        }
    }
}
