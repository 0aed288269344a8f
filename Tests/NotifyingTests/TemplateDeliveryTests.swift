import ExactJSON
import HTTPServing
import Testing

@testable import Notifying

@Suite(.timeLimit(.minutes(1)))
struct TemplateDeliveryTests {
    @Test func `a receiver with a template gets what it makes, signed as it is sent`() async throws {
        let template = try BodyTemplate(["text": "{{type}}"])
        try await withReceiver { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1")
                try await delivery.running(to: [receiver.webhook(secret: { "key" }, template: template)]) { _ in
                    _ = try await delivery.outbox.records(1)
                }
                let post = try #require(receiver.posts.first)
                #expect(post.text == #"{"text":"firing"}"#)
                #expect(post.signature == Signature(of: post.body, at: ManualClock.start, secret: "key").text)
            }
        }
    }

    @Test func `a body that says the secret is not signed with it`() async throws {
        let template = try BodyTemplate(["routing_key": "{{secret}}"])
        try await withReceiver { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1")
                try await delivery.running(to: [receiver.webhook(secret: { "key" }, template: template)]) { _ in
                    _ = try await delivery.outbox.records(1)
                }
                let post = try #require(receiver.posts.first)
                #expect(post.text == #"{"routing_key":"key"}"#)
                #expect(post.signature == nil)
            }
        }
    }

    @Test func `what is no JSON is dropped and told`() async throws {
        let template = try BodyTemplate(["text": "{{type}}"])
        try await withReceiver { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1", body: "no JSON")
                delivery.outbox.put("n2")
                try await delivery.running(to: [receiver.webhook(template: template)]) { _ in
                    let records = try await delivery.outbox.records(2)
                    #expect(records.map(\.outcome.gist) == ["dropped body", "delivered"])
                }
                #expect(receiver.posts.map(\.id) == ["n2"])
            }
        }
    }
}
