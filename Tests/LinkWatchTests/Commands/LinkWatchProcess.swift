import Foundation
import Locking
import Testing

/// The built executable as a process of its own.
final class LinkWatchProcess: Sendable {
    enum Stream { case output, error }

    /// How a process ended.
    enum Ending: Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    private struct State {
        var output = ""
        var error = ""
        var openStreams = 2
        var ending: Ending?
        var waiters: [Waiter] = []

        /// Both streams are read to their end, so that nothing that was said is missed.
        var isOver: Bool { ending != nil && openStreams == 0 }
    }

    private struct Waiter {
        let isSatisfied: @Sendable (borrowing State) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private let child: SpawnedProcess
    private let state = Locked(State())

    /// Starts `linkwatch` with these arguments and this environment only.
    ///
    /// - Parameters:
    ///   - starter: a program and its arguments that starts `linkwatch` in its own place.
    ///   - descriptors: what it has from its descriptor 3 on.
    ///   - errors: where standard error goes; nil keeps it for `errors`.
    convenience init(
        _ arguments: [String],
        through starter: [String] = [],
        environment: [String: String] = [:],
        descriptors: [Int32] = [],
        errors: String? = nil
    ) throws {
        try self.init(
            command: starter + [try SpawnedProcess.linkwatch] + arguments,
            environment: environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 },
            descriptors: descriptors,
            errors: errors
        )
    }

    /// Starts a program that is talked to in the same way.
    init(
        command: [String],
        environment: [String: String],
        descriptors: [Int32] = [],
        errors: String? = nil
    ) throws {
        child = try SpawnedProcess(
            executable: command[0],
            arguments: Array(command.dropFirst()),
            environment: environment,
            descriptors: descriptors,
            errors: errors
        )
        Thread.detachNewThread { self.read(self.child.output, into: .output) }
        Thread.detachNewThread { self.read(self.child.error, into: .error) }
        Thread.detachNewThread {
            let ending = self.child.wait()
            self.change { $0.ending = ending }
        }
    }

    /// What it has said so far.
    var output: String { state.withLock(\.output) }
    var errors: String { state.withLock(\.error) }

    /// Sends a signal; one that comes after the end goes nowhere.
    func send(_ signal: Int32) {
        state.withLock { state in
            if state.ending == nil { kill(child.id, signal) }
        }
    }

    /// Waits for the end, with everything said by then.
    @discardableResult
    func end() async -> Ending? {
        await wait { $0.isOver }
        return state.withLock(\.ending)
    }

    /// Waits until a whole line with that text was said, and gives what follows the text in it.
    ///
    /// Nil where the process ended without.
    func text(after mark: String, on stream: Stream) async -> String? {
        await wait { $0.isOver || Self.text(after: mark, in: stream == .output ? $0.output : $0.error) != nil }
        return Self.text(after: mark, in: stream == .output ? output : errors)
    }

    /// Waits until a text was said on standard output, wherever its line ends; false where the process ended without.
    func says(_ text: String) async -> Bool {
        await wait { $0.isOver || $0.output.contains(text) }
        return output.contains(text)
    }

    private static func text(after mark: String, in text: String) -> String? {
        guard let start = text.range(of: mark)?.upperBound, let end = text[start...].firstIndex(of: "\n") else {
            return nil
        }
        return String(text[start..<end])
    }

    private func read(_ descriptor: Int32, into stream: Stream) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            let text = String(decoding: buffer[..<count], as: UTF8.self)
            change { state in
                if stream == .output { state.output += text } else { state.error += text }
            }
        }
        close(descriptor)
        change { $0.openStreams -= 1 }
    }

    private func change(_ body: (inout State) -> Void) {
        let ready = state.withLock { state -> [Waiter] in
            body(&state)
            var ready: [Waiter] = []
            var waiting: [Waiter] = []
            for waiter in state.waiters {
                if waiter.isSatisfied(state) { ready.append(waiter) } else { waiting.append(waiter) }
            }
            state.waiters = waiting
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    private func wait(until isSatisfied: @escaping @Sendable (borrowing State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if isSatisfied(state) { return true }
                state.waiters.append(Waiter(isSatisfied: isSatisfied, continuation: continuation))
                return false
            }
            if isDone { continuation.resume() }
        }
    }
}

/// Lends a process, and kills it where it is left running.
func withLinkWatch<Result>(
    _ arguments: String...,
    errors: String? = nil,
    _ body: (LinkWatchProcess) async throws -> Result
) async throws -> Result {
    try await with(try LinkWatchProcess(arguments, errors: errors), body)
}

/// The same for a process that was started in another way.
func with<Result>(
    _ process: LinkWatchProcess,
    _ body: (LinkWatchProcess) async throws -> Result
) async throws -> Result {
    do {
        let result = try await body(process)
        process.send(SIGKILL)
        await process.end()
        return result
    } catch {
        process.send(SIGKILL)
        await process.end()
        throw error
    }
}

/// What a process that ends by itself said and with which status.
func runLinkWatch(
    _ arguments: String...
) async throws -> (ending: LinkWatchProcess.Ending?, output: String, errors: String) {
    try await runLinkWatch(arguments)
}

func runLinkWatch(
    _ arguments: [String]
) async throws -> (ending: LinkWatchProcess.Ending?, output: String, errors: String) {
    let process = try LinkWatchProcess(arguments)
    let ending = await process.end()
    return (ending, process.output, process.errors)
}
