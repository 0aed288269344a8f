/// One event of a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), which only
/// values that its wire form can carry make.
package struct ServerSentEvent: Sendable, Hashable {
    /// What a client that comes back names in `Last-Event-ID`; nil leaves it as it was.
    package let id: String?
    /// Which listeners of the client are called; nil is `message`.
    package let event: String?
    /// What happened, of any number of lines; CR, LF and CR LF all reach the client as LF.
    package let data: String
    /// How long the client is to wait before it comes back, in whole milliseconds; nil leaves it as it was.
    package let retry: Duration?

    /// Makes an event, and refuses what would break its lines or be ignored by the client.
    package init(
        _ data: String,
        event: String? = nil,
        id: String? = nil,
        retry: Duration? = nil
    ) throws(ServerSentEventError) {
        // Not among characters: CR LF is one of its own.
        guard !(event ?? "").utf8.contains(where: Self.breaksLine) else { throw .brokenName }
        guard !(id ?? "").utf8.contains(where: { $0 == 0 || Self.breaksLine($0) }) else { throw .brokenID }
        self.id = id
        self.event = event
        self.data = data
        self.retry = retry
    }

    /// The fields, a line each, and the blank line that sets the event off.
    var wireForm: [UInt8] {
        var bytes = fields
        // Without any data the event would not reach the client's listeners.
        Self.write("data: ", data, to: &bytes)
        bytes.append(Octet.lineFeed)
        return bytes
    }

    /// The fields but for the data.
    private var fields: [UInt8] {
        var bytes: [UInt8] = []
        if let id { Self.write("id: ", id, to: &bytes) }
        if let event { Self.write("event: ", event, to: &bytes) }
        if let retry { Self.write("retry: ", String(retry.inNanoseconds / 1_000_000), to: &bytes) }
        return bytes
    }

    /// An id without an event.
    static func place(id: String, retry: Duration?) throws(ServerSentEventError) -> [UInt8] {
        var bytes = try ServerSentEvent("", id: id, retry: retry).fields
        bytes.append(Octet.lineFeed)
        return bytes
    }

    /// A comment, which keeps a connection in use and is not told to the client's program.
    static func comment(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        write(":", text, to: &bytes)
        bytes.append(Octet.lineFeed)
        return bytes
    }

    /// Writes a field, again for each line of its value.
    private static func write(_ field: StaticString, _ value: String, to bytes: inout [UInt8]) {
        func begin() { field.withUTF8Buffer { bytes.append(contentsOf: $0) } }
        begin()
        var last: UInt8 = 0
        for byte in value.utf8 {
            defer { last = byte }
            guard breaksLine(byte) else {
                bytes.append(byte)
                continue
            }
            if byte == Octet.lineFeed, last == Octet.carriageReturn { continue }
            bytes.append(Octet.lineFeed)
            begin()
        }
        bytes.append(Octet.lineFeed)
    }

    private static func breaksLine(_ byte: UInt8) -> Bool { byte == Octet.lineFeed || byte == Octet.carriageReturn }
}

/// Why values make no server-sent event.
package enum ServerSentEventError: Error, Equatable, CustomStringConvertible {
    /// The event's name has a line break.
    case brokenName
    /// The id has a line break, or a NUL, for which clients ignore it.
    case brokenID

    package var description: String {
        switch self {
        case .brokenName: "the name of a server-sent event has a line break; take it out"
        case .brokenID: "the id of a server-sent event has a line break or a NUL; take it out"
        }
    }
}
