import CEventQueue
import HTTPTypes

extension EventLoop {
    /// What one connection may do before others get their turn.
    private static let requestsPerTurn = 32
    private static let receivesPerTurn = 8

    /// Goes on with a connection as far as it goes without waiting.
    func advance(_ connection: Connection) {
        var requests = 0
        var receives = 0
        while true {
            switch connection.phase {
            case .turnedAway:
                guard connection.canReceive else { return }
                turnAway(connection)
            case .receiving:
                guard requests < Self.requestsPerTurn, receives < Self.receivesPerTurn else {
                    postpone(connection)
                    return
                }
                switch connection.parser.next() {
                case .incomplete:
                    guard connection.canReceive else {
                        waitForMore(connection)
                        return
                    }
                    receives += 1
                    receive(connection)
                case .expectsContinue(let head):
                    decideOnBody(of: head, connection)
                case .request(let head, let body):
                    requests += 1
                    serve(head, body, connection)
                case .refused(let refusal):
                    refuse(connection, refusal.problem)
                }
            case .handling, .streaming:
                noticeDeparture(connection)
                return
            case .flushing:
                if connection.isBroken { close(connection, resetting: true) }
                return
            case .lingering:
                guard receives < Self.receivesPerTurn else {
                    postpone(connection)
                    return
                }
                guard connection.canReceive else { return }
                receives += 1
                discard(connection)
            case .closed:
                return
            }
        }
    }

    private func receive(_ connection: Connection) {
        spareBuffers.lend(to: &connection.parser)
        switch connection.socket.receive(into: received.bytes) {
        case .bytes(let count):
            connection.parser.append(UnsafeRawBufferPointer(rebasing: received.bytes[..<count]))
            // A buffer that was not filled was all there is; the next edge tells of more.
            if count < received.bytes.count, !connection.peerFinished { connection.canReceive = false }
        case .wouldBlock:
            connection.canReceive = false
        case .finished:
            // Between requests this is the polite end; within one, nobody is left to be answered (RFC 9112 §8).
            close(connection)
        case .failed:
            close(connection, resetting: true)
        }
    }

    /// Tells a connection over the limits so, once it has asked.
    private func turnAway(_ connection: Connection) {
        switch connection.socket.receive(into: received.bytes) {
        case .bytes(let count):
            connection.parser.append(UnsafeRawBufferPointer(rebasing: received.bytes[..<count]))
            switch connection.parser.next() {
            case .request(let head, _), .expectsContinue(let head):
                refuse(connection, service.turnedAway, isHead: head.method == .head)
            case .incomplete where connection.parser.waiting != .body: break
            case .incomplete, .refused: refuse(connection, service.turnedAway)
            }
        case .wouldBlock:
            connection.canReceive = false
            if isStopping { close(connection) }
        case .finished, .failed: close(connection)
        }
    }

    private func discard(_ connection: Connection) {
        switch connection.socket.receive(into: received.bytes) {
        case .bytes: break
        case .wouldBlock: connection.canReceive = false
        case .finished, .failed: close(connection)
        }
    }

    /// Sets the time-out for what the parser waits for, once for each request's head and body, so that dribbling bytes gain no time.
    private func waitForMore(_ connection: Connection) {
        let waiting = connection.parser.waiting
        if waiting == .request {
            spareBuffers.collect(from: &connection.parser)
            if isStopping {
                close(connection)
                return
            }
        }
        guard waiting != connection.awaited else { return }
        connection.awaited = waiting
        switch waiting {
        case .request: setDeadline(now + service.spans.idle, for: connection)
        case .head: setDeadline(now + service.spans.head, for: connection)
        case .body: setDeadline(now + service.spans.body, for: connection)
        }
    }

    /// A peer that is gone ends its handler; one that only finished sending may still read, for a while.
    private func noticeDeparture(_ connection: Connection) {
        if connection.isBroken {
            close(connection, resetting: true)
        } else if connection.peerFinished, connection.departure == .max {
            connection.departure = now + service.spans.halfClosed
            setDeadline(min(connection.deadline, connection.departure), for: connection)
            if connection.exchange?.isEndless == true { connection.task?.cancel() }
        }
    }
}
