import CEventQueue

/// The state of one connection.
///
/// It belongs to its event loop, which alone touches it.
final class Connection {
    /// What the server is doing with the connection.
    enum Phase {
        /// Over the limits: waiting for the head of a request, which is told so.
        case turnedAway
        /// Reading requests, or waiting for one.
        case receiving
        /// A handler's task has the request; nothing is read meanwhile, so a client that sends on waits in the kernel.
        case handling
        /// A handler's task writes the body.
        case streaming(BodyFraming)
        /// The rest of an answer waits for the peer to read.
        case flushing
        /// The last answer is sent; what still comes is read and dropped until the peer closes (RFC 9112 §9.6).
        case lingering
        case closed
    }

    /// A stream's task that waits for the peer to read.
    struct WaitingWriter {
        let ticket: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    let id: ConnectionID
    let socket: StreamSocket
    let peer: PeerAddress
    let isWelcome: Bool
    var parser: RequestParser
    var phase = Phase.receiving
    var output = OutputQueue()
    /// Edge-triggered readiness is told once; this remembers it until reading would block.
    var canReceive = false
    /// It is among those that go on when the others had their turn.
    var isPostponed = false
    /// The peer's FIN was seen: it sends no more, but may still read.
    var peerFinished = false
    /// Both directions are gone.
    var isBroken = false
    /// The request being answered.
    var exchange: OpenExchange?
    var exchangeNumber = 0
    /// The gate was passed already, before the body was asked for with 100.
    var isAdmitted = false
    /// Who was admitted then.
    var caller: (any Caller)?
    /// The task of the handler; its parent is the connection, which cancels it when it closes.
    var task: Task<Void, Never>?
    var writers: [WaitingWriter] = []
    /// What the head, body or idle time-out was last set for.
    var awaited: RequestParser.Waiting?
    /// When the peer's patience with us, or ours with it, ends, in nanoseconds of uptime.
    var deadline = Int64.max
    /// When the wheel will tell of this connection next.
    var alarm = Int64.max
    /// The kernel takes no more at the moment, and the deadline is the peer's for reading.
    var isBlocked = false
    /// While blocked: what the peer had not acknowledged when the deadline was set.
    var unacknowledged = Int32.max
    /// When a handler is cancelled whose client finished sending.
    var departure = Int64.max

    init(id: ConnectionID, socket: StreamSocket, peer: PeerAddress, isWelcome: Bool, limits: HTTPLimits) {
        self.id = id
        self.socket = socket
        self.peer = peer
        self.isWelcome = isWelcome
        parser = RequestParser(limits: limits)
    }

    var exchangeID: ExchangeID { ExchangeID(connection: id, number: exchangeNumber) }
}

/// What is known of a request while it is answered.
struct OpenExchange {
    /// Nil for bytes that were no request.
    var request: Request?
    let started: Int64
    /// Bytes that were no request began like a HEAD.
    var isRefusedHead = false
    var status = 0
    var bytesSent = 0
    /// The connection ends with this answer, because somebody wishes it or nothing more can be read from it.
    var mustEnd = false
    /// The body has no end of its own, so nobody waits for it.
    var isEndless = false
    /// The answer is there and waits to slow the client: a stop sends it at once.
    var isKeptBack = false
    /// The body ended before its announced end.
    var isTruncated = false
}
