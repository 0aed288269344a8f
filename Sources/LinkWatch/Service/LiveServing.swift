import HTTPServing
import Locking
import Logging

/// What the HTTP server takes over from a configuration while it runs.
final class LiveServing: Sendable {
    private struct State {
        /// Set once the server exists, which is made with an observer that asks this.
        var server: HTTPServer?
        var logsRequests: Bool
        var limits: HTTPLimits
    }

    private let state: Locked<State>
    private let logger: Logger

    init(_ configuration: Configuration, logger: Logger) {
        state = Locked(State(logsRequests: configuration.http.accessLog, limits: configuration.http.limits))
        self.logger = logger
    }

    /// Whether each request is a line of the log now.
    var logsRequests: Bool { state.withLock(\.logsRequests) }

    func attach(_ server: HTTPServer) { state.withLock { $0.server = server } }

    /// Lets go of the server, whose observer holds this.
    func detachServer() { state.withLock { $0.server = nil } }

    func update(_ configuration: Configuration) {
        let http = configuration.http
        let (server, mayNeedFiles) = state.withLock { state in
            defer { (state.logsRequests, state.limits) = (http.accessLog, http.limits) }
            return (state.server, http.limits.connections > state.limits.connections)
        }
        // Before anybody is let in for whom there would be no descriptor.
        if mayNeedFiles { OpenFileLimit.makeRoom(for: configuration, logger) }
        server?.update(limits: http.limits, timeouts: http.timeouts)
    }
}
