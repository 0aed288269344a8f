/// What one server did in one round, and what it cost.
package struct Round: Sendable, Equatable {
    package let requests: Int
    /// How long the clients asked.
    package let duration: Duration
    /// What the server's processes took of all cores meanwhile.
    package let processor: Duration

    package init(requests: Int, duration: Duration, processor: Duration) {
        self.requests = requests
        self.duration = duration
        self.processor = processor
    }

    package var microsecondsPerRequest: Double { processor.inSeconds * 1_000_000 / Double(requests) }
    package var requestsPerSecond: Double { Double(requests) / duration.inSeconds }
}

extension Duration {
    /// For figures only: binary floating point.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
