import Logging
import Outages

/// What deliveries say in the log: of a receiver that refuses no more than `Outage` lets through, whatever waits for it.
struct DeliveryLog: Sendable {
    let logger: Logger

    /// - Parameter news: what is to be told of the receiver; what is not is there for whoever looks at the level `debug`.
    func failed(_ outcome: DeliveryOutcome, of message: OutboxMessage, for receiver: Receiver, _ news: Outage.News?) {
        var facts = metadata(of: receiver)
        facts["notification.id"] = "\(message.notificationID)"
        if case .fails(let failures, let lasted) = news {
            facts["outage.failures"] = "\(failures)"
            facts["outage.seconds"] = "\(lasted / .seconds(1))"
        }
        switch outcome {
        case .delivered: break
        case .failed(let failure, let attempts, _):
            facts.merge(metadata(of: failure)) { $1 }
            facts["notification.attempts"] = "\(attempts)"
            logger.log(
                level: news == nil ? .debug : .warning,
                "notification not delivered; it will be tried again",
                metadata: facts
            )
        case .dropped(let failure, _):
            facts.merge(metadata(of: failure)) { $1 }
            logger.log(level: news == nil ? .debug : .error, "notification given up", metadata: facts)
        }
    }

    func delivered(_ message: OutboxMessage, to receiver: Receiver, _ news: Outage.News?) {
        var facts = metadata(of: receiver)
        guard case .recovered(let failures, let lasted) = news else {
            facts["notification.id"] = "\(message.notificationID)"
            logger.debug("notification delivered", metadata: facts)
            return
        }
        facts["outage.failures"] = "\(failures)"
        facts["outage.seconds"] = "\(lasted / .seconds(1))"
        logger.notice("receiver takes notifications again", metadata: facts)
    }

    func outboxFailed(_ receiver: Receiver, _ error: any Error) {
        var facts = metadata(of: receiver)
        facts["notification.error"] = "\(error)"
        logger.error("outbox failed; its deliveries wait", metadata: facts)
    }

    private func metadata(of receiver: Receiver) -> Logger.Metadata {
        ["notification.receiver": "\(receiver.name)", "notification.integration": "\(receiver.integration.rawValue)"]
    }

    private func metadata(of failure: DeliveryFailure) -> Logger.Metadata {
        ["notification.reason": "\(failure.reason.rawValue)", "notification.error": "\(failure)"]
    }
}
