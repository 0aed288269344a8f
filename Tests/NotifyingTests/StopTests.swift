import HTTPServing
import HTTPTypes
import Locking
import Testing

@testable import Notifying

@Suite(.timeLimit(.minutes(1)))
struct StopTests {
    private let patient = DeliveryPolicy.test.with { $0.stopPatience = .seconds(2) }

    @Test func `a delivery under way is finished by a stop`() async throws {
        let mayAnswer = Signal()
        try await withReceiver { _ in
            await mayAnswer.wait()
            return Response()
        } _: { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1")
                delivery.outbox.put("n2")
                let deliverer = delivery.deliverer(to: [receiver.webhook()], policy: patient)
                let run = Task { await deliverer.run() }
                _ = try await receiver.posts(1)
                run.cancel()
                mayAnswer.raise()
                await run.value
                #expect(delivery.outbox.records.map { "\($0.id) \($0.outcome.gist)" } == ["n1 delivered"])
                #expect(delivery.outbox.waiting.map(\.notificationID) == ["n2"])
            }
        }
    }

    @Test func `one that takes too long is repeated with its id by the next run`() async throws {
        try await withReceiver { number in
            try await number == 1 ? hang() : Response()
        } _: { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1")
                let deliverer = delivery.deliverer(to: [receiver.webhook()], policy: patient)
                let run = Task { await deliverer.run() }
                _ = try await receiver.posts(1)
                run.cancel()
                #expect(try await delivery.clock.passToNextSleeper() == .seconds(2))
                await run.value
                #expect(delivery.outbox.records.isEmpty)
                #expect(delivery.tally.counts == [.webhook: .init()])

                try await delivery.running(to: [receiver.webhook()]) { _ in
                    let records = try await delivery.outbox.records(1)
                    #expect(records.map(\.outcome.gist) == ["delivered"])
                }
                #expect(receiver.posts.map(\.id) == ["n1", "n1"])
            }
        }
    }

    @Test func `a stop does not wait for pauses, nor for news`() async throws {
        try await withReceiver { _ in
            Response(status: .internalServerError)
        } _: { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1")
                let deliverer = delivery.deliverer(to: [receiver.webhook(), receiver.alertmanager()], policy: patient)
                let run = Task { await deliverer.run() }
                _ = try await delivery.outbox.records(1)
                run.cancel()
                await run.value
                #expect(delivery.outbox.waiting.map(\.attempts) == [1])
            }
        }
    }

    @Test func `without receivers it lives until it is stopped`() async throws {
        try await withDelivery { delivery in
            let deliverer = delivery.deliverer(to: [])
            let run = Task { await deliverer.run() }
            deliverer.ring()
            run.cancel()
            await run.value
        }
    }
}
