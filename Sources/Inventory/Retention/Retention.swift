package import ClusterLinks
import GRDB
package import Logging
import Outages

/// Lets go of the past as a policy says, so that the database stays within its bounds: by age first, and for want of room
/// what is oldest of the rest.
///
/// Nothing of the present goes. The inventory's writer is held for pieces of some milliseconds, between which polls are
/// recorded; what is read meanwhile is whole from `History.keptFrom()` on.
package actor Retention {
    /// Begins to look some time after a start, when the clusters have been polled, and again and again after that.
    package static let delay = Duration.seconds(60)
    package static let interval = Duration.seconds(600)

    private let inventory: InventoryStore
    private var policy: RetentionPolicy
    private let time: any TimeSource
    private let logger: Logger
    /// What is older than this was looked for and let go.
    private var cutoff: Instant?
    /// A process that ended in the middle may have left documents that nothing refers to.
    private var leftGarbage = true
    private var told: Set<Notice> = []
    private var outage = Outage()

    private enum Notice { case exceedsSize, cannotShrink }

    package init(inventory: InventoryStore, policy: RetentionPolicy, time: any TimeSource, logger: Logger) {
        self.inventory = inventory
        self.policy = policy
        self.time = time
        self.logger = logger
    }

    /// Looks after the database until the task is cancelled, which ends a pass within a piece.
    package func run() async {
        var pause = Self.delay
        while true {
            do {
                // Retention looks by the clock: nothing happens that could tell it that something is too old.
                try await Task.sleep(for: pause)
                tell(try await pass())
                tellRecovery()
            } catch  where Task.isCancelled {
                return
            } catch {
                let news = outage.failed(DatabaseRemedy.reason(of: error), at: .milliseconds(time.now().milliseconds))
                if case .fails(let failures, _) = news {
                    logger.warning(
                        "retention is put off",
                        metadata: ["retention.error": "\(error)", "outage.failures": "\(failures)"]
                    )
                }
            }
            pause = Self.interval
        }
    }

    private func tellRecovery() {
        guard case .recovered(let failures, let lasted) = outage.succeeded(at: .milliseconds(time.now().milliseconds))
        else { return }
        logger.notice(
            "retention goes on",
            metadata: ["outage.failures": "\(failures)", "outage.seconds": "\(lasted.components.seconds)"]
        )
    }

    /// Follows another policy from the next pass on; what was let go by then stays gone.
    package func follow(_ policy: RetentionPolicy) { self.policy = policy }

    /// Does all that there is to do now.
    /// - Throws: `CancellationError`, or why the rest is put off: the database refuses writes, or another process writes it.
    package func pass() async throws -> RetentionReport { try await perform(nil) }

    /// Lets go of all that ended before an instant, whatever the policy says; throws as `pass()` does.
    package func letGo(before instant: Instant) async throws -> RetentionReport { try await perform(instant) }

    /// - Parameter instant: before which all is to go; nil where the policy says it.
    private func perform(_ instant: Instant?) async throws -> RetentionReport {
        let connection = try await inventory.openRetentionConnection()
        var pass = RetentionPass(inventory, connection, leftGarbage: leftGarbage)
        let result: Result<Void, any Error>
        do {
            if let instant { try await pass.letGo(before: instant) } else { try await follow(policy, &pass) }
            try await pass.sweep()
            try await pass.giveBack()
            result = .success(())
        } catch {
            result = .failure(error)
        }
        leftGarbage = pass.leftGarbage
        try await inventory.close(connection)
        try result.get()
        return pass.report
    }

    private func follow(_ policy: RetentionPolicy, _ pass: inout RetentionPass) async throws {
        let now = time.now()
        let byAge = policy.cutoff(at: now)
        if cutoff.map({ $0 < byAge }) ?? true {
            try await pass.letGo(before: byAge)
            cutoff = byAge
        }
        try await pass.makeRoom(policy, at: now)
    }

    private func tell(_ report: RetentionReport) {
        if report.rows > 0 || report.bytesGivenBack > 0 {
            logger.notice(
                "history let go",
                metadata: [
                    "retention.kept_from": "\(report.keptFrom.map(\.description) ?? "as before")",
                    "retention.rows": "\(report.rows)",
                    "retention.bytes_given_back": "\(report.bytesGivenBack)",
                    "retention.longest_hold_seconds": "\(report.longestHold.seconds)",
                ]
            )
        }
        let metadata: Logger.Metadata = [
            "retention.size": "\(policy.size)", "database.used_bytes": "\(report.usedBytes)",
        ]
        if isNews(.exceedsSize, report.exceedsSize) {
            logger.warning(
                "the database holds more than retention.size although nothing in it ended more than an hour ago: what is current needs the room",
                metadata: metadata
            )
        }
        if isNews(.cannotShrink, report.cannotShrink) {
            logger.notice(
                "free pages of the database are used again but the file does not become shorter, as it was not made by linkwatch; while it is stopped, `PRAGMA auto_vacuum=INCREMENTAL; VACUUM` changes that",
                metadata: metadata
            )
        }
    }

    /// Whether something is to be told that was not so before.
    private func isNews(_ notice: Notice, _ holds: Bool) -> Bool {
        guard holds else {
            told.remove(notice)
            return false
        }
        return told.insert(notice).inserted
    }
}
