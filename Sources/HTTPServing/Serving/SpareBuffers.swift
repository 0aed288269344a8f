/// A few buffers of connections that went idle, for those that wake, so that waking allocates nothing.
struct SpareBuffers {
    private var buffers: [[UInt8]] = []
    private let limit: Int

    init(limit: Int = 64) {
        self.limit = limit
    }

    /// Takes an idle connection's buffer, and drops it where there are enough: idling costs no memory.
    mutating func collect(from parser: inout RequestParser) {
        guard let buffer = parser.surrenderBuffer(), buffers.count < limit else { return }
        buffers.append(buffer)
    }

    /// Gives a connection that has no buffer one of these, if there is one.
    mutating func lend(to parser: inout RequestParser) {
        guard !parser.hasBuffer, let spare = buffers.popLast() else { return }
        parser.adopt(spare)
    }
}
