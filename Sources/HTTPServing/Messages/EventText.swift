/// Server-sent events in their wire form, written once for any number of streams.
package struct EventText: Sendable, Hashable {
    /// What is sent.
    package private(set) var bytes: [UInt8]

    /// Makes the text of no events.
    package init() { bytes = [] }

    /// Takes events that were written by another text, or several.
    package init(written bytes: [UInt8]) { self.bytes = bytes }

    /// Whether there is nothing to send.
    package var isEmpty: Bool { bytes.isEmpty }

    /// Adds an event.
    package mutating func append(_ event: ServerSentEvent) {
        bytes.append(contentsOf: event.wireForm)
    }

    /// Adds events that were written before.
    package mutating func append(written other: [UInt8]) {
        if bytes.isEmpty { bytes = other } else { bytes.append(contentsOf: other) }
    }

    /// Sets what a client that comes back names in `Last-Event-ID` and how long it waits before, and calls none of its listeners.
    ///
    /// A client takes an id also from what has no data and so is no event to it
    /// (https://html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage).
    /// - Throws: where the id has a line break or a NUL.
    package mutating func append(id: String, retry: Duration? = nil) throws(ServerSentEventError) {
        bytes.append(contentsOf: try ServerSentEvent.place(id: id, retry: retry))
    }
}
