import Alerting
import ClusterLinks
import Testing

/// From pending to resolved: what is counted, and what is not.
struct AlertLifeTests {
    /// `b` bad, `g` good, `f` failed poll, `s` the same bytes, `r` restart.
    @Test(arguments: [
        (2, 2, "b", "began"),
        (2, 2, "bb", "began fired"),
        (2, 2, "bs", "began fired"),
        (1, 1, "b", "began fired"),
        (3, 1, "bsb", "began fired"),
        (3, 1, "bs", "began"),
        (2, 2, "bg", "began resolved"),
        (2, 2, "bgb", "began resolved began"),
        (2, 2, "bfb", "began fired"),
        (2, 2, "bfffff", "began"),
        (2, 2, "bbg", "began fired recovering"),
        (2, 2, "bbgg", "began fired recovering resolved"),
        (2, 2, "bbgs", "began fired recovering resolved"),
        (2, 2, "bbgb", "began fired recovering relapsed"),
        (2, 2, "bbgbgg", "began fired recovering relapsed recovering resolved"),
        (2, 2, "bbffff", "began fired"),
        (2, 2, "bbgffg", "began fired recovering resolved"),
        (2, 3, "bbgsfr", "began fired recovering"),
        (2, 3, "bbgsrs", "began fired recovering resolved"),
        (1, 1, "bg", "began fired recovering resolved"),
        (2, 2, "brb", "began fired"),
        (2, 2, "bbrrsrs", "began fired"),
        (2, 2, "bbgrg", "began fired recovering resolved"),
        (0, 0, "bg", "began fired recovering resolved"),
    ])
    func countsObservationsAndNothingElse(failure: Int, resolve: Int, feed: String, told: String) throws {
        let policy = AlertPolicy(failureThreshold: failure, resolveThreshold: resolve)
        var cluster = WatchedCluster(AlertRules(policy: policy))
        for observation in feed {
            switch observation {
            case "b": try cluster.lists(Item.bad)
            case "g": try cluster.lists(Item.good)
            case "s": cluster.listsTheSame()
            case "f": cluster.fails()
            default: cluster.restarts()
            }
        }
        let words = cluster.steps.filter { $0.after.subject.kind == .linkError }.map(\.kind.rawValue)
        #expect(words.joined(separator: " ") == told)
    }

    @Test func theTimeAndTheCountHaveBothToBeReached() throws {
        var cluster = WatchedCluster(AlertRules(policy: AlertPolicy(holdFor: .seconds(180))))
        try cluster.lists(Item.bad)
        #expect(cluster.listsTheSame() == [])
        #expect(cluster.listsTheSame() == [])
        #expect(cluster.listsTheSame() == ["link_error orders fired"])
    }

    @Test func aTimeThatPassesInIgnoranceFiresNothingByItself() throws {
        var cluster = WatchedCluster(AlertRules(policy: AlertPolicy(failureThreshold: 1, holdFor: .seconds(180))))
        try cluster.lists(Item.bad)
        cluster.waits(.seconds(3600))
        cluster.restarts()
        #expect(cluster.alert(.linkError)?.state == .pending)
        #expect(cluster.listsTheSame() == ["link_error orders fired"])
    }

    @Test func whatIsKnownOfAnOccurrenceIsInIt() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Item.good)
        try cluster.lists(Item.bad)
        cluster.fails()
        cluster.listsTheSame()
        cluster.listsTheSame()
        let alert = try #require(cluster.alert(.linkError))
        #expect(alert.startedAt == Instant(milliseconds: 120_000))
        #expect(alert.firedAt == Instant(milliseconds: 240_000))
        #expect(alert.code == "TIMEOUT_ERROR")
        #expect(alert.message == "no answer")
        #expect(alert.severity == .critical)
        #expect(alert.observations(upTo: cluster.ledger.observations) == 3)
        #expect(alert.isUnconfirmed(clusterIsStale: true))
        #expect(!alert.isUnconfirmed(clusterIsStale: false))
        #expect(alert.id.count == 16)
        #expect(alert.fingerprint.count == 16)
    }

    @Test func anotherCodeIsTheSameAlert() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Item.bad)
        let id = try #require(cluster.alert(.linkError)?.id)
        #expect(
            try cluster.lists(Item.otherCode) == ["link_error orders code_changed", "link_error orders fired"]
        )
        #expect(cluster.alert(.linkError)?.id == id)
        #expect(cluster.alert(.linkError)?.code == "AUTHENTICATION_ERROR")
        let other = Item.error("AUTHENTICATION_ERROR", "no key")
        #expect(try cluster.lists(other) == ["link_error orders message_changed"])
        #expect(cluster.alert(.linkError)?.message == "no key")
    }

    @Test func theSeverityIsTheHighestThatTheOccurrenceEverHad() throws {
        let rules = AlertRules(
            policy: AlertPolicy(severities: [
                SeverityRule(code: "TIMEOUT_ERROR", severity: .info),
                SeverityRule(kind: .linkError, labels: ["env": "dev"], severity: .warning),
            ]),
            clusterLabels: ["env": "dev"]
        )
        var cluster = WatchedCluster(rules)
        try cluster.lists(Item.bad)
        #expect(cluster.alert(.linkError)?.severity == .info)
        #expect(
            try cluster.lists(Item.otherCode) == [
                "link_error orders code_changed", "link_error orders severity_raised", "link_error orders fired",
            ]
        )
        #expect(cluster.alert(.linkError)?.severity == .warning)
        try cluster.lists(Item.bad)
        #expect(cluster.alert(.linkError)?.severity == .warning)
        #expect(cluster.reloads(AlertRules()) == ["link_error orders severity_raised"])
        #expect(cluster.reloads(rules) == [])
        #expect(cluster.alert(.linkError)?.severity == .critical)
    }

    @Test func theSameObservationsGiveTheSameIDsAndOthersGiveOthers() throws {
        func ids(_ items: String...) throws -> [String] {
            var cluster = WatchedCluster()
            for item in items { try cluster.lists(item) }
            return cluster.steps.filter { $0.kind == .began }.map(\.after.id)
        }
        let first = try ids(Item.bad, Item.good, Item.bad)
        #expect(try ids(Item.bad, Item.good, Item.bad) == first)
        #expect(Set(first).count == 2)
        #expect(try ids(Item.good, Item.bad) != first)
    }

    @Test func aReloadMovesThresholdsFromTheNextObservationOn() throws {
        var cluster = WatchedCluster(AlertRules(policy: AlertPolicy(failureThreshold: 9)))
        try cluster.lists(Item.bad)
        cluster.listsTheSame()
        #expect(cluster.reloads(AlertRules()) == [])
        #expect(cluster.listsTheSame() == ["link_error orders fired"])
    }
}
