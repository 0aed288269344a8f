import Foundation

/// Where a server listens and what it grants its clients; every part has a default.
package struct HTTPServerConfiguration: Sendable {
    /// The addresses to listen on, all of them or none.
    package var addresses: [ListenAddress]
    /// The permission bits a unix socket is given before anyone can connect, as in chmod(2).
    package var unixSocketMode: UInt16
    /// From where the addresses may be reached.
    package var reach: Reach
    /// Sizes and counts.
    package var limits: HTTPLimits
    /// Patience with clients.
    package var timeouts: HTTPTimeouts
    /// Serial queues, each with its own set of connections: by default one for two processors.
    ///
    /// The other half is for the tasks of handlers and whatever else the process does; and fewer queues find more to do each
    /// time they look, while many would mostly fall asleep and be woken.
    package var eventQueues: Int
    /// Connections the kernel keeps waiting for `accept`.
    package var backlog: Int32
    /// What `Retry-After` says to a client turned away for want of room.
    package var retryAfter: Duration
    /// How long `run()` lets answers in flight finish when it is cancelled.
    package var stopDeadline: Duration

    /// The permission bits where none are said.
    package static let ownerAndGroup: UInt16 = 0o660

    /// Makes a configuration that listens on a port of the system's choice on the loopback interface.
    package init(
        addresses: [ListenAddress] = [.ip(host: "127.0.0.1", port: 0)],
        unixSocketMode: UInt16 = Self.ownerAndGroup,
        reach: Reach = .everyone,
        limits: HTTPLimits = HTTPLimits(),
        timeouts: HTTPTimeouts = HTTPTimeouts(),
        eventQueues: Int = ProcessInfo.processInfo.activeProcessorCount / 2,
        backlog: Int32 = 1024,
        retryAfter: Duration = .seconds(5),
        stopDeadline: Duration = .seconds(10)
    ) {
        self.addresses = addresses
        self.unixSocketMode = unixSocketMode
        self.reach = reach
        self.limits = limits
        self.timeouts = timeouts
        self.eventQueues = max(1, eventQueues)
        self.backlog = backlog
        self.retryAfter = retryAfter
        self.stopDeadline = stopDeadline
    }
}
