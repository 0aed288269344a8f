import Console
import Foundation
import Logging

/// Tells the service manager that started this process how it goes; where there is none, nobody.
package struct ServiceManager: Sendable {
    private let socket: NotifySocket?
    /// The longest silence after which it takes the service for dead; nil where it does not watch.
    let patience: Duration?
    private let logger: Logger

    /// For a service that nobody manages.
    package static let none = ServiceManager(socket: nil, patience: nil, logger: Logger(label: "linkwatch"))

    /// The manager of this very process; asking takes the variables out of the environment, which are not for its children.
    static func ofThisProcess(logger: Logger) -> ServiceManager {
        let environment = ProcessInfo.processInfo.environment
        for variable in Variable.allCases { unsetenv(variable.rawValue) }
        return ServiceManager(environment: environment, processID: getpid(), logger: logger)
    }

    private enum Variable: String, CaseIterable {
        case socket = "NOTIFY_SOCKET"
        case watchdog = "WATCHDOG_USEC"
        case watched = "WATCHDOG_PID"
    }

    /// What cannot be used is told by the log: a service must run also where its manager is wrong.
    init(environment: [String: String], processID: pid_t, logger: Logger) {
        let socket = environment[Variable.socket.rawValue].flatMap { name -> NotifySocket? in
            do throws(NotifySocketError) {
                return try NotifySocket(named: name)
            } catch {
                logger.warning("service manager cannot be told", metadata: ["service.problem": "\(error)"])
                return nil
            }
        }
        let patience = socket.flatMap { _ in Self.patience(environment, processID, logger) }
        self.init(socket: socket, patience: patience, logger: logger)
    }

    private init(socket: NotifySocket?, patience: Duration?, logger: Logger) {
        self.socket = socket
        self.patience = patience
        self.logger = logger
    }

    /// As sd_watchdog_enabled(3) reads it: nil where another process is watched.
    private static func patience(_ environment: [String: String], _ processID: pid_t, _ logger: Logger) -> Duration? {
        guard let text = environment[Variable.watchdog.rawValue] else { return nil }
        if let watched = environment[Variable.watched.rawValue], pid_t(watched) != processID { return nil }
        guard let microseconds = Int64(text), microseconds > 0 else {
            let problem = "WATCHDOG_USEC takes a number of microseconds, got \(text.plain): no sign of life is given"
            logger.warning("service manager cannot be told", metadata: ["service.problem": "\(problem)"])
            return nil
        }
        return .microseconds(microseconds)
    }

    /// Whether anybody listens.
    var isThere: Bool { socket != nil }

    func tell(_ notice: ServiceNotice) {
        guard let socket else { return }
        do throws(NotifySocketError) {
            try socket.send(notice.text)
        } catch {
            logger.error("service manager cannot be told", metadata: ["service.problem": "\(error)"])
        }
    }

    /// Tells that a reload begins now.
    func tellReloading() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        tell(.reloading(at: Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000))
    }
}
