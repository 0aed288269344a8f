import HTTPServing
import HTTPTypes
import Locking
import Testing

@testable import Notifying

@Suite(.timeLimit(.minutes(1)))
struct AuthenticationTests {
    /// The samples of RFC 7617 §2 and RFC 6750 §2.1.
    private static let table: [(Receiver.Authentication, String?)] = [
        (.none, nil),
        (.basic(username: "Aladdin", password: { "open sesame" }), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
        (.bearer(token: { "mF_9.B5f-4.1JqM" }), "Bearer mF_9.B5f-4.1JqM"),
    ]

    @Test(arguments: table.indices)
    func `both kinds of receivers are told who posts`(row: Int) async throws {
        let (authentication, field) = Self.table[row]
        try await withReceiver { receiver in
            try await withDelivery { delivery in
                delivery.outbox.put("n1")
                delivery.outbox.put("n2", for: "alertmanager", body: "[]")
                let receivers = [
                    receiver.webhook(authentication: authentication),
                    receiver.alertmanager(authentication: authentication),
                ]
                try await delivery.running(to: receivers) { _ in
                    _ = try await delivery.outbox.records(2)
                }
                #expect(receiver.posts.map(\.authorization) == [field, field])
            }
        }
    }

    @Test func `a password is read each time, and without it nothing is sent`() async throws {
        struct NoSuchFile: Error {}
        let password = Locked<String?>(nil)
        try await withReceiver { receiver in
            try await withDelivery { delivery in
                let manager = receiver.alertmanager(
                    authentication: .basic(username: "u") {
                        guard let password = password.withLock({ $0 }) else { throw NoSuchFile() }
                        return password
                    }
                )
                delivery.outbox.put("n1", for: "alertmanager", body: "[]")
                try await delivery.running(to: [manager]) { _ in
                    let records = try await delivery.outbox.records(1)
                    #expect(records.map(\.outcome.gist) == ["failed secret"])
                    #expect(receiver.posts.isEmpty)
                    password.withLock { $0 = "p" }
                    try await delivery.clock.passToNextSleeper()
                    _ = try await delivery.outbox.records(2)
                }
                #expect(receiver.posts.map(\.authorization) == ["Basic dTpw"])
            }
        }
    }

    @Test func `a token that no header can carry is not sent`() {
        for token in ["two words", "line\nfeed", "é"] {
            let error = DeliveryFailure.secret("the token has a character that no header can carry")
            #expect(throws: error) { try Receiver.Authentication.bearer(token: { token }).authorization() }
        }
    }

    @Test func `no failure and no dump tells a password or a token`() async throws {
        for authentication: Receiver.Authentication in [
            .basic(username: "u", password: { "hunter2" }), .bearer(token: { "hunter2" }),
        ] {
            let sent = try #require(try authentication.authorization())
            try await withReceiver { _ in
                .bytes(Array("who is \(sent) hunter2".utf8), contentType: "text/plain", status: .unauthorized)
            } _: { receiver in
                try await withDelivery { delivery in
                    let hook = receiver.webhook(authentication: authentication)
                    var dumped = ""
                    dump(hook, to: &dumped)
                    dump(authentication, to: &dumped)
                    #expect(!(dumped + "\(authentication) \(hook)").contains("hunter2"))
                    delivery.outbox.put("n1")
                    try await delivery.running(to: [hook]) { _ in
                        let failure = try #require(try await delivery.outbox.records(1).first?.outcome.failure)
                        #expect(
                            failure
                                == .unavailable(
                                    status: 401,
                                    saying: "an answer that repeats a secret",
                                    retryAfter: nil
                                )
                        )
                    }
                }
            }
        }
    }
}
