import CEventQueue
import Foundation

/// A set of watched descriptors: epoll behind the neutral door of `CEventQueue`.
///
/// It owns its descriptor.
final class ReadinessSet: Sendable {
    let descriptor: Int32

    init() throws(HTTPServerError) {
        descriptor = event_set_open()
        guard descriptor >= 0 else {
            throw .system(call: "epoll_create1", subject: "an event queue", code: -descriptor)
        }
    }

    deinit {
        close(descriptor)
    }

    /// Watches both directions, edge-triggered; false when the kernel has no memory for another watch.
    func watch(_ socket: Int32, token: UInt64) -> Bool {
        event_set_watch(descriptor, socket, token) == 0
    }

    /// Waits up to so many milliseconds and takes reports; returns how many.
    func take(into reports: UnsafeMutableBufferPointer<event_report>, waiting milliseconds: Int32) -> Int {
        guard let base = reports.baseAddress else { return 0 }
        return Int(max(0, event_set_take(descriptor, base, Int32(reports.count), milliseconds)))
    }
}
