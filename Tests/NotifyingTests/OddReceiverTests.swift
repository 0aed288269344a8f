import HTTPServing
import HTTPTypes
import Testing

@testable import Notifying

@Suite(.timeLimit(.minutes(1)))
struct OddReceiverTests {
    @Test func `a receiver that hangs is timed out, and delays nobody else`() async throws {
        try await withReceiver { _ in
            try await hang()
        } _: { dead in
            try await withReceiver { alive in
                try await withDelivery { delivery in
                    delivery.outbox.put("n1", for: "dead")
                    for number in 1...10 { delivery.outbox.put("a\(number)", for: "alive") }
                    let receivers = [dead.webhook("dead"), alive.webhook("alive")]
                    try await delivery.running(to: receivers) { _ in
                        _ = try await dead.posts(1)
                        // The dead one has forty seconds of real time; these have come before.
                        _ = try await alive.posts(10)
                        #expect(delivery.outbox.records.allSatisfy { $0.receiver == "alive" })
                    }
                }
                try await withDelivery { delivery in
                    delivery.outbox.put("n1", for: "dead")
                    let hasty = DeliveryPolicy.test.with { $0.timeout = .milliseconds(300) }
                    try await delivery.running(to: [dead.webhook("dead")], policy: hasty) { _ in
                        let records = try await delivery.outbox.records(1)
                        #expect(records.map(\.outcome.gist) == ["failed timeout"])
                    }
                }
            }
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is not taken for a delivery`(status: Int) async throws {
        try await withReceiver { number in
            number == 1 ? Response(status: .init(code: status), fields: [.location: "/hook"]) : Response()
        } _: { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1")
                try await delivery.running(to: [receiver.webhook()]) { _ in
                    let records = try await delivery.outbox.records(1)
                    #expect(records.map(\.outcome.gist) == ["failed redirect"])
                    try await delivery.clock.passToNextSleeper()
                    _ = try await delivery.outbox.records(2)
                }
                #expect(receiver.posts.map(\.method) == ["POST", "POST"])
            }
        }
    }

    /// Which status, and what becomes of the message.
    @Test(arguments: [(200, "delivered"), (500, "failed server"), (400, "dropped bad_request")])
    func `an answer without end is cut, and its status counts`(status: Int, gist: String) async throws {
        try await withReceiver { _ in
            Response(
                status: .init(code: status),
                body: .stream { writer in
                    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 65_536)
                    while true { try await writer.write(piece) }
                }
            )
        } _: { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1")
                try await delivery.running(to: [receiver.webhook()]) { _ in
                    let record = try #require(try await delivery.outbox.records(1).first)
                    #expect(record.outcome.gist == gist)
                    #expect(record.outcome.failure?.description.utf8.count ?? 0 < 500)
                }
            }
        }
    }

    @Test func `a receiver that is not there is tried again until it is`() async throws {
        var gone: Receiver?
        try await withReceiver { gone = $0.webhook() }
        let receiver = try #require(gone)
        try await withDelivery { delivery in
            delivery.outbox.put("n1")
            try await delivery.running(to: [receiver]) { _ in
                for (number, pause) in [1, 2, 4, 8].enumerated() {
                    let records = try await delivery.outbox.records(number + 1)
                    #expect(records.last?.outcome.gist == "failed connect")
                    #expect(try await delivery.clock.passToNextSleeper() == .seconds(pause))
                }
            }
            #expect(delivery.outbox.waiting.map(\.notificationID) == ["n1"])
        }
    }

    @Test func `a receiver that breaks the connection is tried again`() async throws {
        try await withReceiver { number in
            if number == 1 { throw ConnectionAbort() }
            return Response()
        } _: { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1")
                try await delivery.running(to: [receiver.webhook()]) { _ in
                    try await delivery.clock.passToNextSleeper()
                    let records = try await delivery.outbox.records(2)
                    #expect(records.map(\.outcome.gist) == ["failed reset", "delivered"])
                }
                #expect(receiver.posts.map(\.id) == ["n1", "n1"])
            }
        }
    }

    @Test func `no failure tells the path of a webhook or its secret`() async throws {
        try await withReceiver { number in
            guard number == 1 else { return try await hang() }
            return .bytes(Array("no key hidden-key for /hook".utf8), contentType: "text/plain", status: .forbidden)
        } _: { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1")
                let hasty = DeliveryPolicy.test.with { $0.timeout = .milliseconds(300) }
                try await delivery.running(to: [receiver.webhook(secret: { "hidden-key" })], policy: hasty) { _ in
                    try await delivery.clock.passToNextSleeper()
                    let failures = try await delivery.outbox.records(2).compactMap(\.outcome.failure)
                    #expect(failures.map(\.reason) == [.authorization, .timeout])
                    for failure in failures {
                        #expect(!"\(failure)".contains("hook"))
                        #expect(!"\(failure)".contains("hidden-key"))
                    }
                    #expect("\(failures[1])".contains(receiver.base))
                }
            }
        }
    }
}
