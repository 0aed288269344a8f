import CurlHTTP
import Locking
import Outages

/// Brings one receiver its messages: the oldest first, the next when that one is done with.
struct DeliveryLane: Sendable {
    let receiver: Receiver
    let outbox: any Outbox
    let client: CurlClient
    let policy: DeliveryPolicy
    let bell: Bell
    let clock: any Clock<Duration>
    let wall: @Sendable () -> Duration
    let jitter: @Sendable () -> Double
    let tally: DeliveryTally
    let log: DeliveryLog

    /// Lives until its task is cancelled, and then ends when the delivery under way has, or had its patience.
    func run() async {
        var outage = Outage()
        var lookFailures = 0
        while !Task.isCancelled {
            let rings = bell.rings
            do {
                guard let message = try await outbox.oldest(for: receiver.name) else {
                    lookFailures = 0
                    try await bell.wait(after: rings)
                    continue
                }
                lookFailures = 0
                let wait = policy.wait(for: message, at: wall())
                if wait > .zero {
                    // News do not shorten it: they come after this message.
                    try await clock.sleep(for: wait)
                    continue
                }
                let outcome = await withGrace(of: policy.stopPatience, on: clock) { await deliver(message) }
                switch outcome {
                case .delivered: log.delivered(message, to: receiver, outage.succeeded(at: wall()))
                case .failed(let failure, _, _), .dropped(let failure, _):
                    let news = outage.failed(failure.reason.rawValue, at: wall())
                    if let outcome { log.failed(outcome, of: message, for: receiver, news) }
                case nil: break
                }
            } catch {
                guard !Task.isCancelled else { return }
                lookFailures += 1
                if lookFailures == 1 { log.outboxFailed(receiver, error) }
                // Thrown by a cancellation only, which the loop looks at.
                try? await clock.sleep(for: policy.pause(afterFailures: lookFailures, jitter: jitter()))
            }
        }
    }

    /// Makes one attempt and has its outcome kept; nil where it was cut off, so that nobody knows what became of it.
    private func deliver(_ message: OutboxMessage) async -> DeliveryOutcome? {
        let outcome: DeliveryOutcome
        if let expiry = policy.expiry(of: message, at: wall()) {
            outcome = .dropped(expiry, at: wall())
        } else {
            do throws(DeliveryFailure) {
                try await send(message)
                outcome = .delivered(at: wall())
            } catch {
                if Task.isCancelled, error.reason == .cancelled { return nil }
                outcome = policy.outcome(of: error, for: message, at: wall(), jitter: jitter())
            }
        }
        tally.count(outcome, for: receiver.integration)
        await record(outcome, of: message)
        return outcome
    }

    private func send(_ message: OutboxMessage) async throws(DeliveryFailure) {
        let request = try receiver.request(for: message, at: wall(), within: policy.timeout)
        let response: CurlResponse
        do throws(CurlHTTPError) {
            response = try await client.send(request, options: receiver.options)
        } catch {
            throw receiver.failure(error)
        }
        if let failure = receiver.failure(in: response) { throw failure }
    }

    /// Goes on until the outbox has it: else what was delivered would be delivered again while a disk is full.
    private func record(_ outcome: DeliveryOutcome, of message: OutboxMessage) async {
        var failures = 0
        while true {
            do {
                return try await outbox.record(outcome, of: message)
            } catch {
                failures += 1
                if failures == 1 { log.outboxFailed(receiver, error) }
            }
            do {
                try await clock.sleep(for: policy.pause(afterFailures: failures, jitter: jitter()))
            } catch {
                // Stopped: the attempt is one that was under way, and is made again after the next start.
                return
            }
        }
    }
}
