/// How much one client, and all of them together, may ask of the server.
package struct HTTPLimits: Sendable, Equatable {
    /// Bytes of the request line without its CRLF; more gets 414 (RFC 9112 §3).
    package var requestLine: Int
    /// Field lines of a head, and of the trailers; more gets 431 (RFC 6585 §5).
    package var headerCount: Int
    /// Bytes of all field lines together; more gets 431.
    package var headerBytes: Int
    /// Bytes of a request's body after its transfer coding is undone; more gets 413.
    package var body: Int
    /// Requests answered on one connection before it is closed politely.
    package var requestsPerConnection: Int
    /// Connections open at once; one more gets 503 with `Retry-After`.
    package var connections: Int
    /// Connections open at once from one IPv4 address or one IPv6 network of 64 bits; one more gets 503 with `Retry-After`.
    package var connectionsPerAddress: Int

    /// Makes limits that suit a service with small request bodies.
    package init(
        requestLine: Int = 8 * 1024,
        headerCount: Int = 100,
        headerBytes: Int = 32 * 1024,
        body: Int = 1024 * 1024,
        requestsPerConnection: Int = 100_000,
        connections: Int = 10_000,
        connectionsPerAddress: Int = 1_000
    ) {
        self.requestLine = requestLine
        self.headerCount = headerCount
        self.headerBytes = headerBytes
        self.body = body
        self.requestsPerConnection = requestsPerConnection
        self.connections = connections
        self.connectionsPerAddress = connectionsPerAddress
    }
}
