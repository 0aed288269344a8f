/// How long the server waits for a client in each phase of a connection.
///
/// They bound the client's part only: how long a handler may take is the handler's own business.
package struct HTTPTimeouts: Sendable, Equatable {
    /// From the first byte of a request to the end of its head; then 408.
    package var head: Duration
    /// From the end of the head to the end of the body; then 408.
    package var body: Duration
    /// Before the first byte of a request, on a new connection or a kept one; then it is closed without an answer.
    package var idle: Duration
    /// Without the peer taking a single byte of an answer; then the connection is reset.
    package var write: Duration
    /// For the peer to close its side after the last answer (RFC 9112 §9.6).
    package var linger: Duration
    /// For a handler to go on after the peer shut down its sending: it may still read (a half-closed socket) or be gone; what
    /// it takes of a stream gives it that time again.
    package var halfClosed: Duration

    /// Makes time-outs that suit clients on the Internet.
    package init(
        head: Duration = .seconds(10),
        body: Duration = .seconds(30),
        idle: Duration = .seconds(75),
        write: Duration = .seconds(30),
        linger: Duration = .seconds(2),
        halfClosed: Duration = .seconds(5)
    ) {
        self.head = head
        self.body = body
        self.idle = idle
        self.write = write
        self.linger = linger
        self.halfClosed = halfClosed
    }
}
