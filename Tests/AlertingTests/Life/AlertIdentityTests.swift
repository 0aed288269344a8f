import Alerting
import ClusterLinks
import Testing

/// What becomes of alerts where links get names and ids, go away and come back.
struct AlertIdentityTests {
    private static let nameless = #""link_name":"orders","link_state":"ACTIVE","link_error":"TIMEOUT_ERROR""#

    @Test func anAlertFollowsALinkToItsNewName() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Item.error("TIMEOUT_ERROR"))
        cluster.listsTheSame()
        let before = try #require(cluster.alert(.linkError))
        #expect(try cluster.lists(Item.renamed) == ["link_error orders-2 renamed"])
        let after = try #require(cluster.alert(.linkError))
        #expect(after.id == before.id)
        #expect(after.fingerprint == before.fingerprint)
        #expect(try after.subject.linkName == LinkName.known("orders-2"))
        #expect(after.state == .firing)
    }

    @Test func anAlertAdoptsTheIDThatItsLinkGets() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Self.nameless)
        let before = try #require(cluster.alert(.linkError))
        #expect(
            try cluster.lists(Item.bad) == [
                "link_error orders adopted", "link_error orders message_changed", "link_error orders fired",
            ]
        )
        let after = try #require(cluster.alert(.linkError))
        #expect(after.id == before.id)
        #expect(after.fingerprint == before.fingerprint)
        #expect(after.subject.link?.description == "A1")
        cluster.restarts()
        #expect(try cluster.lists() == ["link_error orders resolved deleted"])
    }

    @Test func aDeletionEndsWhatWasPendingToo() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Item.failed, Item.other)
        try cluster.reads(tasks: #"[{"state":"IN_ERROR"}]"#, ofLinkNamed: "orders")
        #expect(
            try cluster.lists(Item.other) == [
                "link_state orders resolved deleted", "task_error orders resolved deleted",
            ]
        )
        #expect(cluster.alerts.isEmpty)
    }

    @Test func anotherIDUnderTheNameIsAnotherSubject() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Item.bad)
        cluster.listsTheSame()
        let before = try #require(cluster.alert(.linkError))
        #expect(try cluster.lists(Item.recreated) == ["link_error orders resolved deleted", "link_error orders began"])
        let after = try #require(cluster.alert(.linkError))
        #expect(after.fingerprint != before.fingerprint)
        #expect(after.state == .pending)
    }

    @Test func aClusterThatIsPutBackIsLookedAtAnew() throws {
        var cluster = WatchedCluster(AlertRules(expectedLinks: [try .known("payments")]))
        try cluster.lists(Item.bad)
        cluster.listsTheSame()
        cluster.listsTheSame()
        #expect(
            cluster.retires() == [
                "link_error orders resolved cluster_removed", "link_missing payments resolved cluster_removed",
            ]
        )
        #expect(cluster.stored.values.map(\.observations) == [3, 3])
        #expect(cluster.listsTheSame() == ["link_error orders began", "link_missing payments began"])
    }

    @Test func alertsThatWereNeverStoredBeginWithTheFirstListAfterAStart() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Item.bad)
        var fresh = ClusterAlerts(cluster: WatchedCluster.id, rules: AlertRules())
        let steps = fresh.observeUnchanged(
            listed: cluster.ledger.links,
            number: 2,
            at: Instant(milliseconds: 120_000)
        )
        #expect(steps.map(\.line) == ["link_error orders began"])
    }

    @Test func anAlertWhoseLinkIsNotThereAfterAStartEnds() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Item.bad)
        var restored = ClusterAlerts(
            cluster: WatchedCluster.id,
            rules: AlertRules(),
            open: cluster.alerts.alerts,
            lastPoll: Alert.Mark(number: 1, at: Instant(milliseconds: 60_000))
        )
        let steps = restored.observeUnchanged(listed: [:], number: 2, at: Instant(milliseconds: 120_000))
        #expect(steps.map(\.line) == ["link_error orders resolved deleted"])
    }

    @Test func readingsAndFailuresOfWhatIsWellChangeNothing() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Item.good)
        #expect(try cluster.reads(tasks: "[]", ofLinkNamed: "orders") == [])
        #expect(cluster.listsTheSame() == [])
        #expect(cluster.retires() == [])
        #expect(cluster.alerts.alerts == [])
    }
}
