import Foundation

/// The conversation with the process of a question: the question goes out, frames come in, until it ends.
struct Talk {
    enum End {
        /// It has closed its end, or said what it should not.
        case finished
        case late
    }

    private(set) var reader: FrameReader
    private let socket: Int32
    private let question: [UInt8]
    private var sent = 0
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    /// - Parameters:
    ///   - socket: one that does not block.
    ///   - limit: how many bytes of rows there can be.
    init(socket: Int32, question: [UInt8], limit: Int) {
        self.socket = socket
        self.question = question
        reader = FrameReader(limit: limit)
    }

    mutating func hold(until deadline: ContinuousClock.Instant) -> End {
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { return .late }
            let milliseconds = Int32(
                clamping: left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
            )
            let wanted = POLLIN | (sent < question.count ? POLLOUT : 0)
            var watched = pollfd(fd: socket, events: Int16(wanted), revents: 0)
            // A millisecond more, so that the deadline is past when it wakes.
            let count = poll(&watched, 1, milliseconds + 1)
            if count < 0, errno != EINTR { return .finished }
            guard count > 0 else { continue }
            if watched.revents & Int16(POLLOUT) != 0 { write() }
            if watched.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0, !read() { return .finished }
        }
    }

    /// Closing this direction tells that the question is whole.
    private mutating func write() {
        let count = question[sent...].withUnsafeBytes {
            send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        // What keeps it from being sent shows when reading.
        if count > 0 { sent += count }
        if sent == question.count { shutdown(socket, Int32(SHUT_WR)) }
    }

    private mutating func read() -> Bool {
        let count = recv(socket, &buffer, buffer.count, 0)
        if count < 0 { return errno == EAGAIN || errno == EINTR }
        guard count > 0 else { return false }
        return buffer.withUnsafeBufferPointer { reader.take(UnsafeBufferPointer(rebasing: $0[..<count])) }
    }
}
