/// The writing end of a stream of server-sent events.
package struct EventWriter: Sendable {
    private let body: BodyWriter
    private let noteSent: @Sendable () -> Void

    init(_ body: BodyWriter, noteSent: @escaping @Sendable () -> Void) {
        self.body = body
        self.noteSent = noteSent
    }

    /// Sends an event; suspends while the client does not read.
    ///
    /// Throws what ``BodyWriter/write(_:)`` throws.
    package func send(_ event: ServerSentEvent) async throws {
        try await send(event.wireForm)
    }

    /// Sends events that were written before, for this stream or for many; an empty text is nothing to send.
    ///
    /// Throws what ``BodyWriter/write(_:)`` throws.
    package func send(_ text: EventText) async throws {
        guard !text.isEmpty else { return }
        try await send(text.bytes)
    }

    /// Sends a comment, of which the client's program learns nothing.
    package func send(comment: String) async throws {
        try await send(ServerSentEvent.comment(comment))
    }

    private func send(_ bytes: [UInt8]) async throws {
        try await body.write(bytes)
        noteSent()
    }
}
