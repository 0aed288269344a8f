import Testing

@testable import HTTPServing

struct ConnectionLedgerTests {
    private func peer(_ host: String) -> PeerAddress { .ip(host: host, port: 1) }

    @Test func `addresses are counted apart, and each IPv6 network as one`() {
        let ledger = ConnectionLedger(limits: HTTPLimits(connections: 100, connectionsPerAddress: 1))
        #expect(ledger.admit(peer("192.0.2.1")) == .welcome)
        #expect(ledger.admit(peer("192.0.2.2")) == .welcome)
        #expect(ledger.admit(peer("192.0.2.1")) == .turnedAway)
        #expect(ledger.admit(peer("2001:db8::1")) == .welcome)
        #expect(ledger.admit(peer("2001:db8:0:0:ffff::2")) == .turnedAway)
        #expect(ledger.admit(peer("2001:db8:0:1::1")) == .welcome)
        #expect(ledger.admit(.unix) == .welcome)
        #expect(ledger.admit(.unix) == .welcome)
        #expect(ledger.open == 6)
    }

    @Test func `a place is free again once it is released`() {
        let ledger = ConnectionLedger(limits: HTTPLimits(connections: 1))
        #expect(ledger.admit(.unix) == .welcome)
        #expect(ledger.admit(.unix) == .turnedAway)
        ledger.release(.unix, wasWelcome: false)
        #expect(ledger.open == 1)
        ledger.release(.unix, wasWelcome: true)
        #expect(ledger.open == 0)
        #expect(ledger.admit(.unix) == .welcome)
    }

    @Test func `under a flood nobody is even told`() {
        let ledger = ConnectionLedger(limits: HTTPLimits(connections: 0))
        let admissions = (0..<65).map { _ in ledger.admit(.unix) }
        #expect(admissions.prefix(64).allSatisfy { $0 == .turnedAway })
        #expect(admissions.last == .dropped)
    }
}
