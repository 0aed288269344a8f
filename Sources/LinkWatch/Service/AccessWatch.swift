import Dispatch
import InventoryAPI
import Locking
import Logging

/// Reads the tokens again every second, and tells the log what became of them and who is refused.
///
/// Both belong beside the answering of requests and not into it: files and logs may keep whoever asks waiting.
struct AccessWatch: Sendable {
    let attempts: FailedAttempts
    let policy: @Sendable () -> AccessPolicy
    let time: SystemTime
    let logger: Logger

    /// Goes on until its task is cancelled.
    func run() async {
        while !Task.isCancelled {
            // Sleeping ends early only with the service itself.
            try? await ContinuousClock().sleep(for: .seconds(1))
            await look()
        }
    }

    /// Looks once, on a thread that may wait; a stop does not wait with it.
    private func look() async {
        let finished = Signal()
        DispatchQueue.global(qos: .utility).async {
            for change in policy().refresh() { tell(change) }
            for report in attempts.takeReports(at: time.now()) { tell(report) }
            finished.raise()
        }
        await withTaskCancellationHandler {
            await finished.wait()
        } onCancel: {
            finished.raise()
        }
    }

    private func tell(_ change: TokenChange) {
        var metadata: Logger.Metadata = ["auth.token": "\(change.token)"]
        switch change.kind {
        case .unusable(let why):
            metadata["auth.error"] = "\(why)"
            logger.error("token lets nobody in until it is mended", metadata: metadata)
        case .usableAgain: logger.notice("token lets in again", metadata: metadata)
        case .replaced: logger.notice("token was replaced; the old one lets nobody in", metadata: metadata)
        }
    }

    private func tell(_ report: FailedAttempts.Report) {
        switch report {
        case .began(let network, let reason):
            logger.warning(
                "access refused; more of the same are counted, and told when they end",
                metadata: ["http.peer": "\(network)", "auth.reason": "\(reason.rawValue)"]
            )
        case .ended(let network, let reason, let count, let span):
            logger.notice(
                "no more access is refused",
                metadata: [
                    "http.peer": "\(network)", "auth.reason": "\(reason.rawValue)", "auth.refused": "\(count)",
                    "auth.seconds": "\(span.components.seconds)",
                ]
            )
        case .others(let count):
            logger.warning(
                "access refused to more than are told one by one",
                metadata: ["auth.others": "\(count)"]
            )
        }
    }
}
