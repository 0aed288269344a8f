import ClusterLinks
import CurlHTTP
import Dispatch
import Inventory
import InventoryAPI
import Locking
import Logging
import Polling

/// The configuration in force, and how another takes its place while the service runs.
///
/// A file is read and checked whole before anything is touched, and reloads follow one another: a bad file changes
/// nothing, and two at once leave no mixture.
actor LiveConfiguration: ReloadControl {
    /// What a configuration is taken up by.
    struct Parts: Sendable {
        let inventory: InventoryStore
        let source: FleetSource
        let poller: Poller<FleetSource>
        let curl: CurlClient
        let time: SystemTime
        let facts: LiveFacts
        let notifier: Notifier
        let manager: ServiceManager
        let retention: Retention
        let serving: LiveServing
    }

    private let parts: Parts
    private let path: String?
    /// What the server listens on and where the database is until the end.
    private let running: Configuration
    private var current: Configuration?
    private var marks: FileMarks
    private let policyInForce: Locked<AccessPolicy>
    private let logger: Logger
    private var isReloading = false
    private var isStopped = false
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// Whether other machines can connect, as the sockets tell that are listened on until the end.
    private var isReachableByOthers = false

    /// What a file came to; its tokens are read with it.
    private struct Reading: Sendable {
        let configuration: Configuration
        let policy: AccessPolicy
        let marks: FileMarks
    }

    init(_ configuration: Configuration, path: String?, parts: Parts, logger: Logger) {
        running = configuration
        marks = FileMarks(of: configuration)
        policyInForce = Locked(configuration.accessPolicy)
        self.path = path
        self.parts = parts
        self.logger = logger
    }

    /// Who may do what now.
    nonisolated var policy: AccessPolicy { policyInForce.withLock { $0 } }

    /// Takes up what the service was started with, unless somebody was so quick that a reload came before.
    ///
    /// - Parameter isReachableByOthers: whether other machines can connect to what is listened on.
    /// - Throws: `AddressError`, for which a configuration that was read gives no cause.
    func begin(isReachableByOthers: Bool) async throws {
        await takeTurn()
        defer { endTurn() }
        self.isReachableByOthers = isReachableByOthers
        guard current == nil, !isStopped else { return }
        try await take(up: Reading(configuration: running, policy: policy, marks: marks))
    }

    /// Waits for a reload that is under way and refuses those that come: what is stopped takes nothing over.
    func stop() async {
        await takeTurn()
        defer { endTurn() }
        isStopped = true
    }

    func reload() async throws(ReloadRefusal) -> ReloadReport {
        guard let path else { throw .noFile }
        await takeTurn()
        defer { endTurn() }
        guard !isStopped else { throw .stopping }
        parts.manager.tellReloading()
        defer { parts.manager.tell(.ready(status: summary)) }
        do {
            let next = try await Self.read(path).get()
            // Its own addresses were judged when it was read; what is listened on stays until the next start.
            guard next.configuration.isOpenToOtherMachines || !isReachableByOthers else {
                throw refuse([
                    "the addresses in use can be reached from other machines: \(Configuration.openListenerRemedy)"
                ])
            }
            let change = try await take(up: next)
            return tell(change, next.configuration)
        } catch let refusal as ReloadRefusal {
            throw refusal
        } catch let errors as ConfigurationErrors {
            throw refuse(errors.problems.map(\.description))
        } catch {
            throw refuse(["\(error)"])
        }
    }

    private var summary: String {
        ServiceSummary(of: parts.inventory.fleet, at: parts.time.now(), parts.facts.configuration).text
    }

    private func takeTurn() async {
        while isReloading { await withCheckedContinuation { waiting.append($0) } }
        isReloading = true
    }

    private func endTurn() {
        isReloading = false
        for continuation in waiting { continuation.resume() }
        waiting = []
    }

    /// The file system may keep its readers waiting: not on a thread that others need.
    ///
    /// The files are looked at before they are read, so that one renewed in between is seen at the next reload.
    private static func read(_ path: String) async -> Result<Reading, ConfigurationErrors> {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(ConfigurationErrors) in
                        let configuration = try Configuration.load(path: path)
                        let marks = FileMarks(of: configuration)
                        return Reading(configuration: configuration, policy: configuration.accessPolicy, marks: marks)
                    }
                )
            }
        }
    }

    /// The inventory learns of a cluster before it is asked, and of its leaving before it is asked no more.
    @discardableResult
    private func take(up reading: Reading) async throws -> ConfigurationChange {
        let next = reading.configuration
        let renewed = reading.marks.renewed(since: marks)
        let change = ConfigurationChange(from: current, to: next, renewed: renewed)
        let sources = try next.clusters.filter { !change.kept.contains($0.clusterID) }
            .map { try $0.source(over: parts.curl, into: parts.inventory, time: parts.time) }
        await parts.inventory.configure(next.clusters.map(\.description), alerting: next.alerting)
        parts.notifier.update(next)
        parts.source.replace(with: sources, keeping: change.kept)
        await parts.poller.update(
            targets: next.clusters.map(\.target),
            repaired: change.repaired,
            concurrency: next.poll.concurrency
        )
        await parts.retention.follow(next.retentionPolicy)
        if current != nil { parts.serving.update(next) }
        parts.curl.keep(connections: next.connectionsKept)
        for id in change.removed + change.repaired { parts.curl.forget(CurlSessionID(id.rawValue)) }
        policyInForce.withLock { $0 = reading.policy }
        current = next
        marks = reading.marks
        return change
    }

    private func tell(_ change: ConfigurationChange, _ next: Configuration) -> ReloadReport {
        let report = ReloadReport(
            added: change.added,
            removed: change.removed,
            changed: change.changed,
            awaitingRestart: ConfigurationChange.awaitingRestart(from: running, to: next),
            warnings: next.warnings.map(\.description)
        )
        parts.facts.reloaded(checksum: next.checksum, awaitingRestart: report.awaitingRestart)
        logger.notice(
            "configuration reloaded",
            metadata: [
                "config.checksum": "\(next.checksum)",
                "clusters.added": "\(report.added.count)", "clusters.removed": "\(report.removed.count)",
                "clusters.changed": "\(report.changed.count)",
            ]
        )
        for warning in report.warnings {
            logger.warning("configuration holds a doubtful setting", metadata: ["config.warning": "\(warning)"])
        }
        if !report.awaitingRestart.isEmpty {
            logger.warning(
                "settings hold from the next start only",
                metadata: ["config.keys": "\(report.awaitingRestart.joined(separator: ", "))"]
            )
        }
        return report
    }

    /// How many problems stand in the line of the log; all of them are in the answer and in the status.
    private static let problemsTold = 10

    private func refuse(_ problems: [String]) -> ReloadRefusal {
        parts.facts.refusedReload(problems: problems)
        logger.error(
            "configuration refused; the one in force stays",
            metadata: [
                "config.problems": "\(problems.count)",
                "config.problem": "\(problems.prefix(Self.problemsTold).joined(separator: "; "))",
            ]
        )
        return .invalid(problems: problems)
    }
}
