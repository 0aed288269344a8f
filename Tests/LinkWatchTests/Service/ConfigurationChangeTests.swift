import ClusterLinks
import Testing

@testable import LinkWatch

/// What is kept, made anew and asked soon when a configuration takes another's place.
struct ConfigurationChangeTests {
    private func configuration(_ clusters: [String], more: String = "") throws -> Configuration {
        try LinkWatchTests.configuration("clusters: [\(clusters.joined(separator: ", "))]\n" + more)
    }

    private let a = "{ id: a, endpoint: 'https://a.example' }"
    private let aID = ClusterID("a")
    private let b = "{ id: b, endpoint: 'https://b.example' }"

    @Test func `the first configuration adds every cluster`() throws {
        let change = ConfigurationChange(from: nil, to: try configuration([a, b]))
        #expect(change.added.map(\.rawValue) == ["a", "b"])
        #expect(change.removed.isEmpty && change.changed.isEmpty && change.repaired.isEmpty && change.kept.isEmpty)
    }

    @Test(arguments: [
        (cluster: "{ id: a, endpoint: 'https://c.example' }", isRepaired: true, isKept: false),
        ("{ id: a, endpoint: 'https://a.example', auth: { bearer: { token: t0ken } } }", true, false),
        ("{ id: a, endpoint: 'https://a.example', proxy: 'http://p.example' }", true, false),
        ("{ id: a, endpoint: 'https://a.example', poll: { timeout: 3s } }", false, false),
        ("{ id: a, endpoint: 'https://a.example', poll: { interval: 30s } }", false, true),
        ("{ id: a, endpoint: 'https://a.example', name: other }", false, true),
        ("{ id: a, endpoint: 'https://a.example', expected_links: [x] }", false, true),
    ])
    func `what changes of a cluster decides what becomes of its client`(
        _ cluster: String,
        _ isRepaired: Bool,
        _ isKept: Bool
    ) throws {
        let change = ConfigurationChange(from: try configuration([a, b]), to: try configuration([cluster, b]))
        #expect(change.changed == [aID])
        #expect(change.repaired.contains(aID) == isRepaired)
        #expect(change.kept.contains(aID) == isKept)
        #expect(change.kept.contains(ClusterID("b")))
        #expect(change.added.isEmpty && change.removed.isEmpty)
    }

    @Test(arguments: [
        ("listen: 127.0.0.1:9", ["listen"]), ("database: other.db", ["database"]),
        ("http: { socket_mode: '0600' }", ["http.socket_mode"]),
        ("poll: { concurrency: 3 }", []), ("http: { limits: { connections: 3 } }", []),
        ("http: { timeouts: { idle: 3s } }", []), ("http: { access_log: true }", []),
        ("http: { cors_origins: ['https://p.example'] }", []), ("retention: { age: 30d }", []),
        ("http: { allowed_hosts: [a.example] }", []), ("poll: { interval: 30s }", []),
        ("http: { public_url: 'https://l.example' }", []), ("alerts: { failure_threshold: 5 }", []),
        ("alerts: { notify: [ { webhook: { url: 'https://h.example' } } ] }", []),
    ])
    func `some settings wait for a restart`(_ yaml: String, _ keys: [String]) throws {
        let change = ConfigurationChange.awaitingRestart(
            from: try configuration([a]),
            to: try configuration([a], more: yaml)
        )
        #expect(change == keys)
    }
}
