import CEventQueue
import Foundation

/// A connected, non-blocking socket.
///
/// It is closed exactly once, by its connection.
struct StreamSocket: Sendable {
    let descriptor: Int32

    /// What one call moved.
    enum Transfer: Equatable {
        case bytes(Int)
        case wouldBlock
        /// The peer's sending has ended (receiving only).
        case finished
        /// The connection is lost.
        case failed
    }

    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        let count = event_receive(descriptor, buffer.baseAddress, buffer.count)
        if count > 0 { return .bytes(count) }
        return count == 0 ? .finished : Self.failure(count)
    }

    /// - Parameter more: what is sent next may share a packet with these bytes.
    func send(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer, more: Bool = false) -> Transfer {
        let count = event_send(descriptor, first.baseAddress, first.count, second.baseAddress, second.count, more)
        return count >= 0 ? .bytes(count) : Self.failure(count)
    }

    func send(_ file: BodyFile, from offset: Int) -> Transfer {
        let count = event_send_file(descriptor, file.descriptor, offset, file.count - offset)
        return count >= 0 ? .bytes(count) : Self.failure(count)
    }

    private static func failure(_ result: Int) -> Transfer {
        result == Int(-EAGAIN) || result == Int(-EWOULDBLOCK) ? .wouldBlock : .failed
    }

    /// Bytes the kernel took that the peer's has not acknowledged yet; negative when the kernel does not tell.
    var unacknowledged: Int32 { event_unacknowledged(descriptor) }

    func finishSending() {
        // Fails only when the peer is gone, which reading will tell.
        #if canImport(Glibc)
        _ = shutdown(descriptor, Int32(SHUT_WR))
        #else
        _ = shutdown(descriptor, SHUT_WR)
        #endif
    }

    func sendPromptly() {
        // Meaningless on a unix socket, where it fails.
        _ = event_send_promptly(descriptor)
    }

    /// Closes; with a reset, so that the peer cannot take a broken answer for a whole one.
    func closeNow(resetting: Bool) {
        if resetting { _ = event_reset_on_close(descriptor) }
        close(descriptor)
    }
}
