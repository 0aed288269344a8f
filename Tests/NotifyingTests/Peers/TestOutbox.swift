import Locking
import Notifying

/// An outbox in memory that can refuse to write.
final class TestOutbox: Outbox {
    struct Refusal: Error {}

    struct Record: Sendable {
        let id: String
        let receiver: String
        let outcome: DeliveryOutcome
    }

    private struct State {
        var waiting: [OutboxMessage] = []
        var records: [Record] = []
        var refusals = 0
    }

    private let state = Locked(State())
    private let recorded = Bell()

    func put(
        _ id: String,
        for receiver: String = "hook",
        body: String = #"{"type":"firing"}"#,
        createdAt: Duration = ManualClock.start,
        expiresAt: Duration? = nil
    ) {
        let message = OutboxMessage(
            notificationID: id,
            receiver: receiver,
            body: Array(body.utf8),
            createdAt: createdAt,
            expiresAt: expiresAt
        )
        state.withLock { $0.waiting.append(message) }
    }

    /// Fails so many writings from now on.
    func refuse(_ count: Int) { state.withLock { $0.refusals = count } }

    var waiting: [OutboxMessage] { state.withLock(\.waiting) }

    /// The first records, as soon as there are so many.
    func records(_ count: Int) async throws -> [Record] {
        while true {
            let rings = recorded.rings
            let records = state.withLock(\.records)
            if records.count >= count { return records }
            try await recorded.wait(after: rings)
        }
    }

    var records: [Record] { state.withLock(\.records) }

    func oldest(for receiver: String) async throws -> OutboxMessage? {
        state.withLock { $0.waiting.first { $0.receiver == receiver } }
    }

    func record(_ outcome: DeliveryOutcome, of message: OutboxMessage) async throws {
        try state.withLock { state in
            guard state.refusals == 0 else {
                state.refusals -= 1
                throw Refusal()
            }
            state.records.append(
                Record(id: message.notificationID, receiver: message.receiver, outcome: outcome)
            )
            guard let index = state.waiting.firstIndex(of: message) else { return }
            if case .failed(_, let attempts, let next) = outcome {
                state.waiting[index] = OutboxMessage(
                    notificationID: message.notificationID,
                    receiver: message.receiver,
                    body: message.body,
                    createdAt: message.createdAt,
                    expiresAt: message.expiresAt,
                    attempts: attempts,
                    nextAttempt: next
                )
            } else {
                state.waiting.remove(at: index)
            }
        }
        recorded.ring()
    }
}

extension DeliveryOutcome {
    var failure: DeliveryFailure? {
        switch self {
        case .delivered: nil
        case .failed(let failure, _, _), .dropped(let failure, _): failure
        }
    }

    /// `delivered`, `failed connect`, `dropped bad_request`.
    var gist: String {
        switch self {
        case .delivered: "delivered"
        case .failed(let failure, _, _): "failed \(failure.reason.rawValue)"
        case .dropped(let failure, _): "dropped \(failure.reason.rawValue)"
        }
    }
}
