import CEventQueue
import Foundation

/// A descriptor that ends another thread's wait for a readiness set.
///
/// It owns its descriptor.
final class WakeDescriptor: Sendable {
    let descriptor: Int32

    init() throws(HTTPServerError) {
        descriptor = event_wake_open()
        guard descriptor >= 0 else { throw .system(call: "eventfd", subject: "an event queue", code: -descriptor) }
    }

    deinit {
        close(descriptor)
    }

    func raise() {
        event_wake(descriptor)
    }
}
