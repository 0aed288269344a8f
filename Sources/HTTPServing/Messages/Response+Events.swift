import HTTPTypes
import Locking

extension Response {
    /// A 200 of server-sent events, for as long as the closure sends some.
    ///
    /// The closure's task is cancelled as soon as the client has left or the server stops; it should return then, so that the
    /// stream ends in order and the stop need not wait for its deadline. Clients come back when a stream has ended.
    ///
    /// - Parameters:
    ///   - heartbeat: after how long a silence, above zero, a comment is sent, so that no proxy takes the connection for dead
    ///     and one that is dead is noticed (the standard recommends about 15 seconds, §9.2.7).
    ///   - clock: what the silence is measured with.
    package static func events(
        heartbeat: Duration = .seconds(15),
        clock: some Clock<Duration> = ContinuousClock(),
        _ produce: @escaping @Sendable (EventWriter) async throws -> Void
    ) -> Response {
        var fields: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        // https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
        if let buffering = HTTPField.Name("X-Accel-Buffering") { fields[buffering] = "no" }
        let stream: BodyStream = { body in
            await body.declareEndless()
            let lastSent = Locked(clock.now)
            let events = EventWriter(body) { lastSent.withLock { $0 = clock.now } }
            // It ends with this scope, or before with the connection, which cancels what is here.
            async let _: Void = beat(events, every: heartbeat, since: lastSent, clock)
            do {
                try await produce(events)
            } catch is CancellationError where Task.isCancelled {
                // The end that was asked for.
            }
        }
        return Response(fields: fields, body: .stream(contentLength: nil, stream))
    }

    private static func beat<Time: Clock>(
        _ events: EventWriter,
        every span: Duration,
        since lastSent: Locked<Time.Instant>,
        _ clock: Time
    ) async throws where Time.Duration == Duration {
        while true {
            let due = lastSent.withLock(\.self).advanced(by: span)
            if clock.now < due {
                try await clock.sleep(until: due, tolerance: nil)
            } else {
                try await events.send(comment: "")
            }
        }
    }
}
