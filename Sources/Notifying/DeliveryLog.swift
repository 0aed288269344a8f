import Logging

/// What deliveries say in the log: a receiver's first failure in a row, its recovery, and each message that is given up.
struct DeliveryLog: Sendable {
    let logger: Logger

    func ended(_ outcome: DeliveryOutcome, of message: OutboxMessage, for receiver: Receiver, failures: Int) {
        var facts = metadata(of: receiver)
        facts["notification.id"] = "\(message.notificationID)"
        switch outcome {
        case .delivered:
            logger.debug("notification delivered", metadata: facts)
        case .failed(let failure, let attempts, _):
            facts.merge(metadata(of: failure)) { $1 }
            facts["attempts"] = "\(attempts)"
            logger.log(
                level: failures == 1 ? .warning : .debug,
                "notification not delivered; it will be tried again",
                metadata: facts
            )
        case .dropped(let failure, _):
            facts.merge(metadata(of: failure)) { $1 }
            // What expires has been sent anew since, or the receiver's failures are told already.
            logger.log(
                level: failure.reason == .expired ? .warning : .error,
                "notification given up",
                metadata: facts
            )
        }
    }

    func recovered(_ receiver: Receiver, after failures: Int) {
        var facts = metadata(of: receiver)
        facts["failures"] = "\(failures)"
        logger.notice("receiver takes notifications again", metadata: facts)
    }

    func outboxFailed(_ receiver: Receiver, _ error: any Error) {
        var facts = metadata(of: receiver)
        facts["error"] = "\(error)"
        logger.error("outbox failed; its deliveries wait", metadata: facts)
    }

    private func metadata(of receiver: Receiver) -> Logger.Metadata {
        ["receiver": "\(receiver.name)", "integration": "\(receiver.integration.rawValue)"]
    }

    private func metadata(of failure: DeliveryFailure) -> Logger.Metadata {
        ["reason": "\(failure.reason.rawValue)", "error": "\(failure)"]
    }
}
