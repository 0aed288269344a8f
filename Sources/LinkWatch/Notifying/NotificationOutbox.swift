import ClusterLinks
import Inventory
import Notifying

/// Where deliveries find what is to be told: for webhooks the database, for Alertmanagers the mailbox.
struct NotificationOutbox: Outbox {
    let inventory: InventoryStore
    let mailbox: AlertmanagerMailbox
    /// The names of the receivers that are Alertmanagers.
    let alertmanagers: Set<String>

    func oldest(for receiver: String) async throws -> OutboxMessage? {
        if alertmanagers.contains(receiver) { return mailbox.oldest(for: receiver) }
        return try await inventory.oldestNotification(for: receiver).map { waiting in
            OutboxMessage(
                notificationID: waiting.id,
                receiver: receiver,
                body: waiting.body,
                createdAt: waiting.at.sinceEpoch,
                attempts: waiting.attempts,
                nextAttempt: waiting.nextAttemptAt?.sinceEpoch
            )
        }
    }

    func record(_ outcome: DeliveryOutcome, of message: OutboxMessage) async throws {
        if alertmanagers.contains(message.receiver) { return mailbox.record(outcome, of: message) }
        let end: NotificationEnd =
            switch outcome {
            case .delivered: .delivered
            case .failed(_, let attempts, let next):
                .postponed(
                    attempts: attempts,
                    until: Instant(milliseconds: Int64(next / .milliseconds(1)))
                )
            case .dropped(let failure, _): .givenUp(reason: failure.reason.rawValue)
            }
        try await inventory.record(end, of: message.notificationID, for: message.receiver)
    }
}
