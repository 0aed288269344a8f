import Alerting
import ClusterLinks
import ExactJSON
import Locking
import Notifying

/// What Alertmanagers are still to be told, of each alert the latest: kept in memory, as it is said anew all the time.
///
/// What fails is tried again together with what has come since. It holds no more than there are alerts.
final class AlertmanagerMailbox: Sendable {
    private struct Item {
        let child: Incident.Child
        let at: Instant
        let validUntil: Instant
    }

    private struct Box {
        /// By the labels: to an Alertmanager, what has the same is one alert.
        var items: [LabelSet: Item] = [:]
        var underWay: (message: OutboxMessage, items: [LabelSet: Instant])?
        var attempts = 0
        var nextAttempt: Duration?
    }

    /// An Alertmanager takes much more; but what is refused, or cut off, is better some of it than all.
    private static let mostAlerts = 500

    private let boxes = Locked<[String: Box]>([:])
    private let publicURL: String?

    /// - Parameter publicURL: where linkwatch is reached, for the way back.
    init(publicURL: String?) { self.publicURL = publicURL }

    func add(_ posts: [AlertmanagerPost]) {
        boxes.withLock { boxes in
            for post in posts {
                for child in post.firing + post.resolved {
                    boxes[post.receiver, default: Box()].items[child.labels] = Item(
                        child: child,
                        at: post.at,
                        validUntil: post.validUntil
                    )
                }
            }
        }
    }

    func oldest(for receiver: String) -> OutboxMessage? {
        boxes.withLock { boxes in
            guard var box = boxes[receiver] else { return nil }
            if let message = box.underWay?.message { return message }
            let oldestFirst = box.items.sorted { left, right in
                (left.value.at, left.value.child.alert.id) < (right.value.at, right.value.child.alert.id)
            }
            let items = oldestFirst.prefix(Self.mostAlerts)
            guard let first = items.first, let expiry = items.map(\.value.validUntil).min() else { return nil }
            let message = OutboxMessage(
                notificationID: "\(first.value.child.alert.id)-\(first.value.at.milliseconds)",
                receiver: receiver,
                body: body(of: items.map(\.value)),
                createdAt: first.value.at.sinceEpoch,
                expiresAt: expiry.sinceEpoch,
                attempts: box.attempts,
                nextAttempt: box.nextAttempt
            )
            box.underWay = (message, Dictionary(items.map { ($0.key, $0.value.at) }) { $1 })
            boxes[receiver] = box
            return message
        }
    }

    func record(_ outcome: DeliveryOutcome, of message: OutboxMessage) {
        boxes.withLock { boxes in
            guard var box = boxes[message.receiver], let underWay = box.underWay else { return }
            box.underWay = nil
            switch outcome {
            case .failed(_, let attempts, let next):
                box.attempts = attempts
                box.nextAttempt = next
            case .delivered, .dropped:
                box.attempts = 0
                box.nextAttempt = nil
                for (labels, at) in underWay.items where box.items[labels]?.at == at { box.items[labels] = nil }
            }
            boxes[message.receiver] = box
        }
    }

    private func body(of items: [Item]) -> [UInt8] {
        JSONValue.array(
            items.map { item in
                .object(
                    AlertmanagerAlert.postable(item.child, validUntil: item.validUntil, publicURL: publicURL)
                )
            }
        ).encoded
    }
}

extension Instant {
    /// As deliveries count time.
    var sinceEpoch: Duration { .milliseconds(milliseconds) }
}
