import Foundation
import Locking

/// An HTTP client: one libcurl multi handle, driven from one thread of its own.
///
/// Connections and TLS sessions are kept between requests. Make one for the whole process; `shutdown()` ends it, and so
/// does letting go of it.
package final class CurlClient: Sendable {
    private let queue = CommandQueue()
    private let ended = Signal()

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - userAgent: sent with each request, such as `linkwatch/1.0.0`.
    ///   - maximumConnections: how many idle connections are kept; as many as there are origins, or each request to one
    ///     closes another's.
    package init(userAgent: String, maximumConnections: Int) {
        let thread = Thread { [queue, ended] in
            Self.drive(queue, userAgent: userAgent, maximumConnections: maximumConnections)
            ended.raise()
        }
        thread.name = "curl"
        thread.start()
    }

    deinit {
        _ = queue.post(.stop)
    }

    /// Makes one exchange and returns its complete answer, whatever its status.
    ///
    /// Redirects are followed within the origin only. Cancelling the task ends the transfer at once.
    ///
    /// - Throws: `CurlHTTPError`; `cancelled` also where the client is shut down.
    package func send(
        _ request: CurlRequest,
        options: CurlOptions = CurlOptions()
    ) async throws(CurlHTTPError) -> CurlResponse {
        let exchange = try Exchange(request, options: options)
        let outcome: Exchange.Outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if !queue.post(.start(exchange, continuation)) {
                    continuation.resume(returning: .failure(exchange.cancellation))
                }
            }
        } onCancel: {
            exchange.cancel()
            // Where nobody takes the order the exchange has ended already.
            _ = queue.post(.cancel(exchange))
        }
        return try outcome.get()
    }

    /// Changes how many idle connections are kept, such as after the number of clusters has changed.
    package func keep(connections: Int) {
        // A client that is shut down keeps none.
        _ = queue.post(.keepConnections(connections))
    }

    /// Lets go of what is kept for a session that has no request in flight and will have none.
    package func forget(_ session: CurlSessionID) {
        // A client that is shut down has forgotten all.
        _ = queue.post(.forget(session))
    }

    /// Returns once the thread has had time for it: never, where it hangs.
    ///
    /// At once where it has ended.
    package func takeTurn() async {
        await withCheckedContinuation { continuation in
            if !queue.post(.answer(continuation)) { continuation.resume() }
        }
    }

    /// Ends every exchange with `cancelled`, closes all connections, and returns when the thread is done.
    package func shutdown() async {
        // Posted twice, the second order finds a closed queue or a thread about to end.
        _ = queue.post(.stop)
        await ended.wait()
    }

    /// The thread's whole life.
    private static func drive(_ queue: CommandQueue, userAgent: String, maximumConnections: Int) {
        // With NOSIGNAL libcurl leaves SIGPIPE alone, and OpenSSL may write to a connection that its peer has closed:
        // here, and in the threads that look up names, the signal is not delivered.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        do throws(CurlCode) {
            try Driver(queue: queue, userAgent: userAgent, maximumConnections: maximumConnections).run()
        } catch {
            // No memory for a multi handle: every request is answered with that.
            queue.close().forEach { Driver.refuse($0, because: error) }
        }
    }
}
