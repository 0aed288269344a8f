import CConfinement

/// A thread that nobody joins, started so that one that cannot be started is told.
///
/// Foundation's `Thread` says nothing where the system has no more threads to give, and what waits for its work waits for ever.
enum DetachedThread {
    /// The system's number (pthread_create(3)).
    struct Failure: Error {
        let code: Int32
    }

    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    static func start(stackBytes: Int, _ body: @escaping @Sendable () -> Void) throws(Failure) {
        let work = Unmanaged.passRetained(Work(body))
        let code = confinement_start_thread(
            stackBytes,
            { context in
                if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            },
            work.toOpaque()
        )
        guard code == 0 else {
            work.release()
            throw Failure(code: -code)
        }
    }
}
