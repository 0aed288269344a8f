import ClusterLinks
import HTTPServing
import Testing

@testable import InventoryAPI

/// Counting, slowing and telling of refusals, without a service around it.
struct FailedAttemptsTests {
    private let attempts = FailedAttempts()
    private static let start = Instant(milliseconds: 1_800_000_000_000)

    private static func at(_ seconds: Int) -> Instant { start.advanced(by: .seconds(seconds)) }

    private static func peer(_ host: String) -> PeerAddress { .ip(host: host, port: 1) }

    private func verdict(
        _ host: String = "192.0.2.7",
        _ reason: FailedAttempts.Reason = .wrongToken,
        at seconds: Int = 0
    ) -> FailedAttempts.Verdict {
        attempts.note(reason, from: Self.peer(host), isWrite: false, at: Self.at(seconds))
    }

    @Test func aBurstIsAnsweredAtOnceThenLaterThenNoMore() {
        for _ in 0..<FailedAttempts.burst { #expect(verdict() == .now) }
        for second in 1...FailedAttempts.kept { #expect(verdict() == .after(.seconds(second))) }
        for _ in 0..<1000 { #expect(verdict() == .tooMany(retryAfter: .seconds(6))) }
        #expect(verdict("192.0.2.8") == .now, "another address is another one")
        #expect(verdict(at: 1) == .after(.seconds(5)))
        #expect(verdict(at: 1) == .tooMany(retryAfter: .seconds(6)))
        #expect(verdict(at: 20) == .now)
    }

    @Test func onePaceIsKeptHoweverOftenOneTries() {
        var answered = 0
        for second in 0..<600 {
            for _ in 0..<50 {
                if case .tooMany = verdict(at: second) { continue }
                answered += 1
            }
        }
        #expect(answered == 600 - 1 + FailedAttempts.burst + FailedAttempts.kept)
    }

    @Test(arguments: [FailedAttempts.Reason.missingToken, .insufficientRole, .foreignOrigin])
    func whatIsNoGuessIsNotSlowed(reason: FailedAttempts.Reason) {
        for _ in 0..<100 { #expect(verdict("192.0.2.7", reason) == .now) }
    }

    @Test func aCustomersPrefixIsOneAndAUnixSocketToo() {
        #expect(PeerNetwork(Self.peer("2001:db8:1:2:3::4")).description == "2001:db8:1:2::/64")
        #expect(PeerNetwork(Self.peer("fe80::1%eth0")).description == "fe80::/64")
        #expect(PeerNetwork(Self.peer("::1")).description == "::/64")
        #expect(PeerNetwork(Self.peer("192.0.2.7")).description == "192.0.2.7")
        #expect(PeerNetwork(.unix).description == "unix")
        for index in 0..<FailedAttempts.burst { #expect(verdict("2001:db8::\(index)") == .now) }
        #expect(verdict("2001:db8::ffff") == .after(.seconds(1)))
        #expect(verdict("2001:db8:0:1::1") == .now)
    }

    @Test func everyReasonOfTheMetricIsThereFromTheBeginning() {
        #expect(
            attempts.counts.map(\.reason.rawValue) == [
                "missing_token", "wrong_token", "malformed_credentials", "insufficient_role",
            ]
        )
        #expect(attempts.counts.allSatisfy { $0.count == 0 })
        for _ in 0..<30 { _ = verdict() }
        _ = verdict("192.0.2.9", .missingToken)
        #expect(attempts.counts.map(\.count) == [1, 30, 0, 0])
    }

    @Test func memoryIsBoundedAndTheRestCountAsOne() {
        let attempts = FailedAttempts(capacity: 10)
        func note(_ index: Int, at seconds: Int) -> FailedAttempts.Verdict {
            attempts.note(.wrongToken, from: Self.peer("192.0.2.\(index)"), isWrite: false, at: Self.at(seconds))
        }
        for index in 0..<10 { #expect(note(index, at: 0) == .now) }
        var verdicts = (10..<250).map { note($0, at: 0) }
        #expect(attempts.networks == 11)
        #expect(verdicts.prefix(10).allSatisfy { $0 == .now })
        #expect(verdicts.suffix(200).allSatisfy { $0 == .tooMany(retryAfter: .seconds(6)) })
        // What is over makes room.
        verdicts = (100..<105).map { note($0, at: 300) }
        #expect(verdicts.allSatisfy { $0 == .now })
        #expect(attempts.networks == 5)
    }

    @Test func aRunIsToldAtItsBeginningAndAtItsEnd() {
        for second in 0..<50 { _ = verdict(at: second) }
        _ = verdict("192.0.2.8", .malformedCredentials, at: 49)
        let began = attempts.takeReports(at: Self.at(50))
        #expect(
            Set(began) == [
                .began(network: "192.0.2.7", reason: .wrongToken),
                .began(network: "192.0.2.8", reason: .malformedCredentials),
            ]
        )
        _ = verdict(at: 70)
        #expect(attempts.takeReports(at: Self.at(100)) == [])
        #expect(
            attempts.takeReports(at: Self.at(131)) == [
                .ended(network: "192.0.2.7", reason: .wrongToken, count: 51, span: .seconds(70))
            ],
            "a single one needs no end"
        )
        #expect(attempts.networks == 0)
        _ = verdict(at: 200)
        #expect(attempts.takeReports(at: Self.at(200)).count == 1)
    }

    @Test func aReaderWithoutATokenIsNoNewsAndAWriterIs() {
        _ = attempts.note(.missingToken, from: .unix, isWrite: false, at: Self.start)
        #expect(attempts.takeReports(at: Self.start) == [])
        #expect(attempts.networks == 0)
        _ = attempts.note(.missingToken, from: .unix, isWrite: true, at: Self.start)
        #expect(attempts.takeReports(at: Self.start) == [.began(network: "unix", reason: .missingToken)])
    }

    @Test func manyAtOnceAreAFewLines() {
        for index in 0..<200 { _ = verdict("192.0.2.\(index)") }
        let reports = attempts.takeReports(at: Self.start)
        #expect(reports.count == 21)
        #expect(reports.last == .others(180))
        #expect(attempts.takeReports(at: Self.start) == [])
    }
}
