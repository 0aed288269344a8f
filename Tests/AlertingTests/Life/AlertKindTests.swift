import Alerting
import ClusterLinks
import Testing

/// What each kind takes for bad and for good.
struct AlertKindTests {
    @Test(arguments: [
        (Item.good, ""),
        (Item.paused, ""),
        (Item.bad, "link_error TIMEOUT_ERROR"),
        (Item.good + #","link_error":"NO_ERROR""#, ""),
        (Item.good + #","link_error":"SOMETHING_NEW""#, "link_error SOMETHING_NEW"),
        (Item.failed, "link_state FAILED"),
        (Item.failed + #","link_error":"TIMEOUT_ERROR""#, "link_error TIMEOUT_ERROR"),
        (#""link_name":"orders","link_state":"UNAVAILABLE""#, "link_state UNAVAILABLE"),
        (#""link_name":"orders","link_state":"SOMETHING_NEW""#, ""),
        (#""link_name":"","link_state":"UNMANAGED_SOURCE","link_error":"TIMEOUT_ERROR""#, ""),
    ])
    func whatALinkShows(item: String, told: String) throws {
        var cluster = WatchedCluster()
        try cluster.lists(item)
        let alerts = cluster.alerts.alerts.map { "\($0.subject.kind.rawValue) \($0.code ?? "")" }
        #expect(alerts.joined(separator: ", ") == told)
    }

    @Test func anErrorThatLeavesABadStateBehindHandsOver() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Item.failed + #","link_error":"TIMEOUT_ERROR""#)
        cluster.listsTheSame()
        // The link has been bad for long enough, whatever it was called.
        #expect(
            try cluster.lists(Item.failed) == [
                "link_error orders recovering", "link_state orders began", "link_state orders fired",
            ]
        )
        #expect(cluster.listsTheSame() == ["link_error orders resolved recovered"])
        #expect(try cluster.lists(Item.paused) == ["link_state orders recovering"])
    }

    @Test(arguments: [(2, 2), (3, 2), (3, 1), (5, 3)])
    func aTroubleThatChangesItsShapeAtEveryPollCountsOn(failure: Int, resolve: Int) throws {
        let policy = AlertPolicy(failureThreshold: failure, resolveThreshold: resolve)
        var cluster = WatchedCluster(AlertRules(policy: policy))
        for number in 1..<failure {
            try cluster.lists(number.isMultiple(of: 2) ? Item.failed : Item.bad)
            cluster.restarts()
            #expect(cluster.alerts.alerts.map(\.state) == [.pending])
        }
        try cluster.lists(failure.isMultiple(of: 2) ? Item.failed : Item.bad)
        #expect(cluster.alerts.alerts.map(\.state) == [.firing])
        #expect(Set(cluster.steps.filter { $0.kind == .began }.map(\.after.id)).count == failure)
    }

    @Test func theTimeOfATroubleGoesOnWhenItChangesItsShape() throws {
        var cluster = WatchedCluster(AlertRules(policy: AlertPolicy(holdFor: .seconds(120))))
        try cluster.lists(Item.failed)
        #expect(try cluster.lists(Item.bad).contains("link_error orders began"))
        #expect(cluster.listsTheSame() == ["link_error orders fired"])
        #expect(cluster.alert(.linkError)?.observations == 2)
    }

    @Test func anInterruptedTroubleCountsAnew() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Item.bad)
        cluster.listsTheSame()
        try cluster.lists(Item.good)
        #expect(try cluster.lists(Item.failed).contains("link_state orders began"))
        #expect(cluster.alert(.linkState)?.state == .pending)
    }

    @Test func aPauseEndsAnAlertLikeAnyGoodObservation() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Item.bad)
        cluster.listsTheSame()
        try cluster.lists(Item.paused)
        #expect(cluster.listsTheSame() == ["link_error orders resolved recovered"])
    }

    @Test func anExpectedLinkThatIsNotListedIsMissing() throws {
        var cluster = WatchedCluster(AlertRules(expectedLinks: [try .known("orders")]))
        #expect(try cluster.lists() == ["link_missing orders began"])
        #expect(cluster.listsTheSame() == ["link_missing orders fired"])
        #expect(cluster.fails() == ["cluster_unreachable began"])
        #expect(
            try cluster.lists(Item.good) == [
                "link_missing orders recovering", "cluster_unreachable resolved recovered",
            ]
        )
        #expect(try cluster.lists(Item.good, Item.other) == ["link_missing orders resolved recovered"])
        #expect(try cluster.lists(Item.other) == ["link_missing orders began"])
        #expect(try cluster.lists(Item.recreated, Item.other).contains("link_missing orders resolved recovered"))
    }

    @Test func aRenamedLinkIsMissedUnderItsOldName() throws {
        var cluster = WatchedCluster(AlertRules(expectedLinks: [try .known("orders")]))
        try cluster.lists(Item.good)
        #expect(try cluster.lists(Item.renamed).contains("link_missing orders began"))
    }

    @Test func aLinkThatIsNotExpectedIsUnexpectedOnlyWhereTheExpectationIsExhaustive() throws {
        let expected = try AlertRules(expectedLinks: [.known("orders")])
        var cluster = WatchedCluster(expected)
        #expect(try cluster.lists(Item.good, Item.other) == [])
        var exhaustive = expected
        exhaustive.isExhaustive = true
        #expect(cluster.reloads(exhaustive) == [])
        #expect(cluster.listsTheSame() == ["link_unexpected payments began"])
        #expect(cluster.listsTheSame() == ["link_unexpected payments fired"])
        #expect(cluster.alert(.linkUnexpected)?.severity == .warning)
        #expect(try cluster.lists(Item.good) == ["link_unexpected payments resolved deleted"])
    }

    @Test func whatTheConfigurationNoLongerAsksForIsOver() throws {
        let rules = try AlertRules(expectedLinks: [.known("orders")], isExhaustive: true)
        var cluster = WatchedCluster(rules)
        try cluster.lists(Item.other)
        cluster.listsTheSame()
        try cluster.reads(tasks: #"[{"task_name":"AclSync","state":"IN_ERROR"}]"#, ofLinkNamed: "payments")
        #expect(
            cluster.reloads(AlertRules(readsTasks: false)) == [
                "task_error payments resolved rule_removed", "link_missing orders resolved rule_removed",
                "link_unexpected payments resolved rule_removed",
            ]
        )
        #expect(cluster.listsTheSame() == [])
        #expect(try cluster.reads(tasks: #"[{"state":"IN_ERROR"}]"#, ofLinkNamed: "payments") == [])
    }

    @Test func aLinkThatBecomesExpectedIsNoLongerUnexpected() throws {
        var rules = try AlertRules(expectedLinks: [.known("orders")], isExhaustive: true)
        var cluster = WatchedCluster(rules)
        try cluster.lists(Item.good, Item.other)
        rules.expectedLinks.insert(try .known("payments"))
        #expect(cluster.reloads(rules) == ["link_unexpected payments resolved rule_removed"])
    }

    @Test func failingTasksAreCountedByTheirReadings() throws {
        let failing = """
            [{"task_name":"ConsumerOffsetSync","errors":[{"error_code":"B","error_message":"two"}]},
             {"task_name":"AclSync","state":"IN_ERROR","errors":[{"error_code":"A","error_message":"one"}]}]
            """
        let fine = #"[{"task_name":"AclSync","state":"ACTIVE"}]"#
        var cluster = WatchedCluster()
        try cluster.lists(Item.good)
        #expect(try cluster.reads(tasks: failing, ofLinkNamed: "orders") == ["task_error orders began"])
        #expect(cluster.listsTheSame() == [])
        cluster.restarts()
        #expect(try cluster.reads(tasks: failing, ofLinkNamed: "orders") == ["task_error orders fired"])
        let alert = try #require(cluster.alert(.taskError))
        #expect(alert.code == "A")
        #expect(alert.task == "AclSync")
        #expect(alert.message == "AclSync: one; ConsumerOffsetSync: two")
        #expect(alert.severity == .warning)
        #expect(try cluster.reads(tasks: failing, ofLinkNamed: "orders") == ["task_error orders counted"])
        #expect(try cluster.reads(tasks: fine, ofLinkNamed: "orders") == ["task_error orders recovering"])
        #expect(try cluster.reads(tasks: fine, ofLinkNamed: "orders") == ["task_error orders resolved recovered"])
        #expect(try cluster.reads(tasks: fine, ofLinkNamed: "orders") == [])
    }

    @Test func ofSeveralTaskCodesTheOneThatMattersMostIsTold() throws {
        let rules = AlertRules(policy: AlertPolicy(severities: [SeverityRule(code: "B", severity: .critical)]))
        var cluster = WatchedCluster(rules)
        try cluster.lists(Item.good)
        try cluster.reads(
            tasks: #"[{"task_name":"X","errors":[{"error_code":"A"},{"error_code":"B"}]}]"#,
            ofLinkNamed: "orders"
        )
        #expect(cluster.alert(.taskError)?.code == "B")
        #expect(cluster.alert(.taskError)?.severity == .critical)
    }

    @Test func aClusterThatCannotBePolledIsUnreachable() throws {
        var cluster = WatchedCluster(AlertRules(policy: AlertPolicy(failureThreshold: 3)))
        try cluster.lists(Item.good)
        #expect(cluster.fails("dns", "no such host") == ["cluster_unreachable began"])
        cluster.restarts()
        #expect(cluster.fails("dns", "no such host") == ["cluster_unreachable counted"])
        cluster.restarts()
        #expect(
            cluster.fails("connect", "refused") == ["cluster_unreachable code_changed", "cluster_unreachable fired"]
        )
        let alert = try #require(cluster.alert(.clusterUnreachable))
        #expect(alert.code == "connect")
        #expect(alert.observations == 3)
        #expect(!alert.isUnconfirmed(clusterIsStale: true))
        #expect(cluster.listsTheSame() == ["cluster_unreachable recovering"])
        #expect(cluster.fails("connect", "refused") == ["cluster_unreachable relapsed"])
        cluster.listsTheSame()
        #expect(cluster.listsTheSame() == ["cluster_unreachable resolved recovered"])
    }

    @Test func eachKindHasItsLabels() throws {
        var cluster = WatchedCluster()
        try cluster.lists(Item.bad)
        let labels = cluster.alert(.linkError)?.labels(
            clusterName: "orders-eu",
            clusterLabels: ["env": "prod", "link_name": "not this"]
        )
        #expect(
            labels == [
                "alertname": "LinkwatchLinkError", "kind": "link_error", "severity": "critical",
                "kafka_cluster_id": "lkc-1", "kafka_cluster_name": "orders-eu", "link_name": "orders", "env": "prod",
            ]
        )
        #expect(Set(AlertKind.allCases.map(\.alertName)).count == AlertKind.allCases.count)
    }
}
