import Dispatch
import Foundation
import Locking

/// A raw TCP server on 127.0.0.1 that runs a script for each connection, on a thread of its own.
final class ScriptedServer: Sendable {
    typealias Script = @Sendable (ScriptedConnection) -> Void

    private struct State {
        var accepted = 0
        var open: Set<Int32> = []
        var isStopped = false
    }

    let port: UInt16
    private let state = Locked(State())
    private let threads = DispatchGroup()

    /// Connections made so far.
    var connectionCount: Int { state.withLock { $0.accepted } }

    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    fileprivate init(_ listener: borrowing LoopbackListener, script: @escaping Script) {
        port = listener.port
        let descriptor = listener.descriptor
        run { [self] in
            while let connection = accept(on: descriptor) { serve(connection, script) }
        }
    }

    private func accept(on listener: Int32) -> Int32? {
        while true {
            let descriptor = Foundation.accept(listener, nil, nil)
            if descriptor >= 0 { return descriptor }
            guard errno == EINTR || errno == ECONNABORTED else { return nil }
        }
    }

    private func serve(_ descriptor: Int32, _ script: @escaping Script) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let number = state.withLock { state in
            state.accepted += 1
            state.open.insert(descriptor)
            if state.isStopped { shutdown(descriptor, Int32(SHUT_RDWR)) }
            return state.accepted
        }
        run { [self] in
            script(ScriptedConnection(number: number, descriptor: descriptor))
            state.withLock { _ = $0.open.remove(descriptor) }
            close(descriptor)
        }
    }

    private func run(_ work: @escaping @Sendable () -> Void) {
        threads.enter()
        Thread { [threads] in
            work()
            threads.leave()
        }.start()
    }

    /// Ends all connections, and returns when all scripts have.
    fileprivate func stop(_ listener: borrowing LoopbackListener) async {
        state.withLock { state in
            state.isStopped = true
            state.open.forEach { shutdown($0, Int32(SHUT_RDWR)) }
        }
        shutdown(listener.descriptor, Int32(SHUT_RDWR))
        await withCheckedContinuation { continuation in
            threads.notify(queue: .global()) { continuation.resume() }
        }
    }
}

/// Lends a server that does what the script says with each connection.
func withScriptedServer(
    _ script: @escaping ScriptedServer.Script,
    isolation: isolated (any Actor)? = #isolation,
    body: (ScriptedServer) async throws -> Void
) async throws {
    let listener = try LoopbackListener()
    let server = ScriptedServer(listener, script: script)
    do {
        try await body(server)
    } catch {
        await server.stop(listener)
        throw error
    }
    await server.stop(listener)
}
