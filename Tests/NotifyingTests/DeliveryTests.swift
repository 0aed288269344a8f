import HTTPServing
import HTTPTypes
import Locking
import Testing

@testable import Notifying

@Suite(.timeLimit(.minutes(1)))
struct DeliveryTests {
    @Test func `a webhook gets the notification with its id and a signature that the secret verifies`() async throws {
        try await withReceiver { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1", body: #"{"notification_id":"n1"}"#)
                try await delivery.running(to: [receiver.webhook(secret: { "key" })]) { _ in
                    let post = try #require(try await receiver.posts(1).first)
                    #expect(post.method == "POST")
                    #expect(post.path == "/hook")
                    #expect(post.text == #"{"notification_id":"n1"}"#)
                    #expect(post.id == "n1")
                    #expect(post.contentType == "application/json")
                    #expect(post.signature == Signature(of: post.body, at: ManualClock.start, secret: "key").text)
                    let record = try #require(try await delivery.outbox.records(1).first)
                    #expect(record.outcome == .delivered(at: ManualClock.start))
                }
                #expect(delivery.tally.counts == [.webhook: .init(delivered: 1)])
            }
        }
    }

    @Test func `an Alertmanager gets its alerts where its API is`() async throws {
        try await withReceiver { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1", for: "alertmanager", body: "[]")
                try await delivery.running(to: [receiver.alertmanager()]) { _ in
                    let post = try #require(try await receiver.posts(1).first)
                    #expect(post.path == "/api/v2/alerts")
                    #expect(post.text == "[]")
                    #expect(post.signature == nil)
                    _ = try await delivery.outbox.records(1)
                }
                #expect(delivery.tally.counts[.alertmanager]?.delivered == 1)
            }
        }
    }

    @Test func `what comes later is delivered when the bell rings`() async throws {
        try await withReceiver { receiver in
            try await withDelivery { delivery in
                try await delivery.running(to: [receiver.webhook()]) { deliverer in
                    for number in 1...3 {
                        delivery.outbox.put("n\(number)")
                        deliverer.ring()
                        _ = try await delivery.outbox.records(number)
                    }
                }
                #expect(receiver.posts.map(\.id) == ["n1", "n2", "n3"])
            }
        }
    }

    @Test func `what waited is delivered in its order`() async throws {
        try await withReceiver { receiver in
            try await withDelivery { delivery in
                let ids = (1...200).map { "n\($0)" }
                ids.forEach { delivery.outbox.put($0) }
                try await delivery.running(to: [receiver.webhook()]) { _ in
                    _ = try await delivery.outbox.records(ids.count)
                }
                #expect(receiver.posts.map(\.id) == ids)
            }
        }
    }

    @Test func `a failed message is repeated as it was, and those behind it wait`() async throws {
        try await withReceiver { number in
            Response(status: number <= 3 ? .serviceUnavailable : .ok)
        } _: { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1", body: #"{"type":"firing"}"#)
                delivery.outbox.put("n2", body: #"{"type":"resolved"}"#)
                try await delivery.running(to: [receiver.webhook()]) { deliverer in
                    for pause in [1, 2, 4] {
                        // News do not hasten it.
                        deliverer.ring()
                        #expect(try await delivery.clock.passToNextSleeper() == .seconds(pause))
                    }
                    let records = try await delivery.outbox.records(5)
                    let failed = "n1 failed server"
                    #expect(
                        records.map { "\($0.id) \($0.outcome.gist)" } == [
                            failed, failed, failed, "n1 delivered", "n2 delivered",
                        ]
                    )
                }
                #expect(receiver.posts.map(\.id) == ["n1", "n1", "n1", "n1", "n2"])
                #expect(Set(receiver.posts.prefix(4).map(\.text)).count == 1)
                #expect(delivery.tally.counts == [.webhook: .init(delivered: 2, failed: [.server: 3])])
            }
        }
    }

    @Test func `the log tells a receiver's first failure, its recovery, and what is given up`() async throws {
        try await withReceiver { number in
            Response(status: number <= 3 ? .badGateway : number == 4 ? .badRequest : .ok)
        } _: { receiver in
            try await withDelivery { delivery in
                ["n1", "n2"].forEach { delivery.outbox.put($0) }
                try await delivery.running(to: [receiver.webhook()]) { deliverer in
                    for _ in 1...3 { try await delivery.clock.passToNextSleeper() }
                    _ = try await delivery.outbox.records(5)
                }
                #expect(
                    delivery.log.lines == [
                        "warning notification not delivered; it will be tried again n1",
                        "error notification given up n1",
                        "notice receiver takes notifications again -",
                    ]
                )
            }
        }
    }

    @Test(arguments: [("30", 30), ("0", 1), ("soon", 1), ("999999", 3600)])
    func `a receiver that asks to wait is left alone for so long, within bounds`(value: String, pause: Int) async throws
    {
        try await withReceiver { number in
            number == 1 ? Response(status: .tooManyRequests, fields: [.retryAfter: value]) : Response()
        } _: { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1")
                try await delivery.running(to: [receiver.webhook()]) { _ in
                    #expect(try await delivery.clock.passToNextSleeper() == .seconds(pause))
                    let records = try await delivery.outbox.records(2)
                    #expect(records.map(\.outcome.gist) == ["failed rate_limited", "delivered"])
                }
            }
        }
    }

    @Test func `a message that is refused is dropped with the receiver's words, and the next goes out`() async throws {
        try await withReceiver { number in
            number == 1
                ? .bytes(Array("bad matcher\n\u{1B}[31m".utf8), contentType: "text/plain", status: .badRequest)
                : Response()
        } _: { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1", for: "alertmanager")
                delivery.outbox.put("n2", for: "alertmanager")
                try await delivery.running(to: [receiver.alertmanager()]) { _ in
                    let records = try await delivery.outbox.records(2)
                    #expect(records.map(\.outcome.gist) == ["dropped bad_request", "delivered"])
                    #expect(records[0].outcome.failure == .refused(status: 400, saying: "bad matcher"))
                }
                let counts = delivery.tally.counts[.alertmanager]
                #expect(counts == .init(delivered: 1, failed: [.badRequest: 1], dropped: [.badRequest: 1]))
            }
        }
    }

    @Test func `what is no news any more is dropped unsent`() async throws {
        try await withReceiver { receiver in
            try await withDelivery { delivery in
                let now = ManualClock.start
                delivery.outbox.put("past", expiresAt: now)
                delivery.outbox.put("old", createdAt: now - .seconds(8 * 86_400))
                delivery.outbox.put("new", expiresAt: now + .seconds(1))
                try await delivery.running(to: [receiver.webhook()]) { _ in
                    let records = try await delivery.outbox.records(3)
                    #expect(records.map(\.outcome.gist) == ["dropped expired", "dropped expired", "delivered"])
                }
                #expect(receiver.posts.map(\.id) == ["new"])
            }
        }
    }

    @Test func `what was delivered is not sent again while the outbox cannot write that down`() async throws {
        try await withReceiver { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1")
                delivery.outbox.put("n2")
                delivery.outbox.refuse(2)
                try await delivery.running(to: [receiver.webhook()]) { _ in
                    #expect(try await delivery.clock.passToNextSleeper() == .seconds(1))
                    #expect(try await delivery.clock.passToNextSleeper() == .seconds(2))
                    _ = try await delivery.outbox.records(2)
                }
                #expect(receiver.posts.map(\.id) == ["n1", "n2"])
            }
        }
    }

    @Test func `a secret is read each time, and without it nothing is sent`() async throws {
        struct NoSuchFile: Error {}
        let secret = Locked<String?>(nil)
        try await withReceiver { receiver in
            try await withDelivery { delivery in
                let hook = receiver.webhook {
                    guard let secret = secret.withLock({ $0 }) else { throw NoSuchFile() }
                    return secret
                }
                delivery.outbox.put("n1")
                try await delivery.running(to: [hook]) { deliverer in
                    let records = try await delivery.outbox.records(1)
                    #expect(records.map(\.outcome.gist) == ["failed secret"])
                    #expect(receiver.posts.isEmpty)
                    secret.withLock { $0 = "first" }
                    try await delivery.clock.passToNextSleeper()
                    _ = try await delivery.outbox.records(2)
                    secret.withLock { $0 = "second" }
                    delivery.outbox.put("n2")
                    deliverer.ring()
                    _ = try await delivery.outbox.records(3)
                }
                let now = delivery.clock.timeOfDay
                let expected = zip(receiver.posts, ["first", "second"]).map {
                    Signature(of: $0.body, at: now, secret: $1).text
                }
                #expect(receiver.posts.map(\.signature) == expected)
            }
        }
    }
}
