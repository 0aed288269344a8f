import Foundation
import Locking

/// The sockets that a service manager opened and handed to this process when it started it (sd_listen_fds(3)).
///
/// Each can be taken once, by whichever server comes first.
final class HandedOverSockets: Sendable {
    /// One of them, not looked at yet.
    struct Socket: Sendable, Equatable, CustomStringConvertible {
        let descriptor: Int32
        let name: String

        var description: String { "systemd:\(name) (descriptor \(descriptor))" }
    }

    /// What this process was given.
    ///
    /// Asking for it the first time takes the variables out of the environment, so that a child, or a program that this one
    /// becomes, does not take itself for their receiver.
    static let ofThisProcess = {
        let environment = ProcessInfo.processInfo.environment
        for variable in Variable.allCases { unsetenv(variable.rawValue) }
        return HandedOverSockets(environment: environment, processID: getpid())
    }()

    /// `SD_LISTEN_FDS_START`.
    static let firstDescriptor: Int32 = 3

    private enum Variable: String, CaseIterable {
        case process = "LISTEN_PID"
        case count = "LISTEN_FDS"
        case names = "LISTEN_FDNAMES"
    }

    private let waiting: Locked<Result<[Socket], HTTPServerError>>

    init(environment: [String: String], processID: pid_t, firstDescriptor: Int32 = firstDescriptor) {
        let sockets = Result { () throws(HTTPServerError) in
            try Self.sockets(in: environment, processID: processID, firstDescriptor: firstDescriptor)
        }
        // Also those that nobody will take: no child is to hold them. What is no descriptor at all is told when it is taken.
        for socket in (try? sockets.get()) ?? [] { _ = fcntl(socket.descriptor, F_SETFD, FD_CLOEXEC) }
        waiting = Locked(sockets)
    }

    /// Takes those of one name, or all.
    func take(named name: String?) throws(HTTPServerError) -> [Socket] {
        try waiting.withLock { waiting throws(HTTPServerError) in
            let sockets = try waiting.get()
            let taken = sockets.filter { name == nil || $0.name == name }
            guard !taken.isEmpty else {
                throw .notHandedOver(ListenAddress.systemd(name: name).description, others: sockets.map(\.name))
            }
            waiting = .success(sockets.filter { !taken.contains($0) })
            return taken
        }
    }

    /// None where the variables are meant for another process, such as the one this was started by.
    private static func sockets(
        in environment: [String: String],
        processID: pid_t,
        firstDescriptor: Int32
    ) throws(HTTPServerError) -> [Socket] {
        guard let process = environment[Variable.process.rawValue] else { return [] }
        guard let receiver = pid_t(process), receiver > 0 else { throw badHandover(.process, process) }
        guard receiver == processID, let given = environment[Variable.count.rawValue] else { return [] }
        // More than any process may have open.
        guard let count = Int32(given), (1...(1 << 20)).contains(count) else { throw badHandover(.count, given) }
        var names = [String](repeating: unnamed, count: Int(count))
        if let given = environment[Variable.names.rawValue] {
            names = given.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard names.count == count else { throw badHandover(.names, given) }
        }
        return zip(firstDescriptor..<firstDescriptor + count, names).map { Socket(descriptor: $0, name: $1) }
    }

    /// What sd_listen_fds_with_names(3) calls those without a name.
    private static let unnamed = "unknown"

    private static func badHandover(_ variable: Variable, _ value: String) -> HTTPServerError {
        .badHandover(variable: variable.rawValue, value: value)
    }
}
