import Alerting
import ClusterLinks
import ExactJSON
import Inventory
import Testing

/// What a replay tells of a window, and what it makes of what was before it.
struct BacktestTests {
    private static let bad = "TIMEOUT_ERROR"

    @Test func aLinkInErrorBeforeTheWindowIsNothingNewAndItsEndIsToldWithItsBeginning() async throws {
        try await AlertFixture.place { place in
            try await place.record([nil, nil] + Array(repeating: Self.bad, count: 200) + [nil, nil], .forgetful)
            let report = try await place.backtest(.forgetful, from: 1900)
            #expect(report.told == ["resolved link_error"])
            #expect(report.notifications.first?.openedAt == place.instant(40))
            #expect(report.notifications.first?.closedAt == place.instant(2040))
            #expect(report.replayedFrom == place.instant(30))
            #expect(report.proposed == report.past)
        }
    }

    @Test func aClusterThatCouldNotBePolledBeforeTheWindowIsNothingNew() async throws {
        try await AlertFixture.place { place in
            try await place.record([nil] + Array(repeating: "fails", count: 200) + [nil, nil], .forgetful)
            let report = try await place.backtest(.forgetful, from: 1900)
            #expect(report.told == ["resolved cluster_unreachable"])
            #expect(report.notifications.first?.openedAt == place.instant(30))
        }
    }

    @Test func whatIsHalfwayAtTheBeginningFiresAndResolvesInTime() async throws {
        try await AlertFixture.place { place in
            try await place.record(
                Array(repeating: nil, count: 100) + [Self.bad, Self.bad, nil, nil, nil],
                .forgetful
            )
            let firing = try await place.backtest(.forgetful, from: 1015)
            #expect(firing.notifications.map(\.at) == [1020, 1040].map(place.instant))
            let resolving = try await place.backtest(.forgetful, from: 1035)
            #expect(resolving.told == ["resolved link_error"])
        }
    }

    @Test func whatFlapsAtTheBeginningIsKnownTo() async throws {
        try await AlertFixture.place { place in
            let flips = (0..<100).map { $0.isMultiple(of: 2) ? Self.bad : nil }
            var policy = AlertPolicy(failureThreshold: 1, resolveThreshold: 1, reminderInterval: .zero)
            policy.flapping = AlertPolicy.Flapping(changes: 3, window: .seconds(120))
            try await place.record(Array(repeating: nil, count: 100) + flips, policy)
            let whole = try await place.backtest(policy)
            #expect(whole.proposed.flappingMarks == 1)
            #expect(whole.proposed.refirings == 1)
            #expect(whole.told == ["firing link_error", "resolved link_error", "firing link_error"])
            #expect(try await place.backtest(policy, from: 1800).told == [])
        }
    }

    @Test func remindersAreCountedThroughTheSilenceOfAllObservations() async throws {
        try await AlertFixture.place { place in
            let policy = AlertPolicy(reminderInterval: .seconds(100))
            try await place.record([Self.bad, Self.bad], policy)
            place.clock.advance(by: .seconds(500))
            let report = try await place.backtest(policy)
            #expect(report.proposed.notifications.reminder == 5)
            #expect(report.proposed.receivers[AlertFixture.webhook]?.reminder == 5)
            #expect(report.proposed.receivers[AlertFixture.alertmanager]?.total == 1)
        }
    }

    @Test func anIncidentThatIsOverSoonIsNoise() async throws {
        try await AlertFixture.place { place in
            try await place.record(
                [Self.bad, Self.bad, nil, nil] + Array(repeating: Self.bad, count: 40) + [nil, nil]
            )
            let report = try await place.backtest()
            #expect(report.proposed.incidents == 2)
            #expect(report.proposed.noise == 1)
            #expect(report.proposed == report.past)
            #expect(report.proposed.pagesPerDay(over: .seconds(86_400)) == 2)
        }
    }

    @Test func anEmptyWindowTellsNothing() async throws {
        try await AlertFixture.place { place in
            try await place.record([Self.bad, Self.bad, nil, nil])
            let report = try await place.backtest(from: 100, to: 200)
            #expect(report.told == [])
            #expect(report.proposed == BacktestFigures())
            #expect(report.past == BacktestFigures())
            #expect(report.polled?.first == place.instant(10))
            #expect(report.polled?.last == place.instant(40))
        }
    }

    @Test func theListIsCutAtItsLimitAndAllIsCounted() async throws {
        try await AlertFixture.place { place in
            try await place.record(Array(repeating: [Self.bad, Self.bad, nil, nil], count: 3).flatMap { $0 })
            let report = try await place.backtest(limit: 2)
            #expect(report.notifications.count == 2)
            #expect(report.notifications.allSatisfy { $0.closedAt == place.instant(40) })
            #expect(report.proposed.notifications.total == 5)
        }
    }
}

/// What another configuration would tell.
struct ProposedAlertsTests {
    /// Without flapping: an alert that is held tells less than the two that take its place.
    @Test(arguments: 0..<8)
    func stricterThresholdsTellLess(seed: Int) async throws {
        let calm = AlertPolicy.Flapping(changes: 1000, window: .seconds(60))
        try await AlertFixture.place { place in
            var history = PlayedHistory(seed: seed, policy: AlertPolicy(failureThreshold: 1, flapping: calm))
            try await place.life(history.policy) { try await history.record(in: $0) }
            var alerts: [Int] = []
            for threshold in [1, 2, 4, 8] {
                let policy = AlertPolicy(failureThreshold: threshold, flapping: calm)
                alerts.append(try await place.backtest(policy).proposed.alerts)
            }
            #expect(alerts == alerts.sorted(by: >))
            #expect(alerts.first ?? 0 > alerts.last ?? 0)
            let patient = AlertPolicy(failureThreshold: 1, holdFor: .seconds(120), flapping: calm)
            #expect(try await place.backtest(patient).proposed.alerts < alerts.first ?? 0)
        }
    }

    @Test func whatIsExpectedAndTheSeveritiesAreThoseOfTheProposal() async throws {
        try await AlertFixture.place { place in
            try await place.record([nil, "TIMEOUT_ERROR", "TIMEOUT_ERROR"])
            let policy = AlertPolicy(
                severities: [SeverityRule(kind: .linkError, labels: ["env": "dev"], severity: .info)]
            )
            let report = try await place.backtest(policy) { proposal in
                let rules = AlertRules(
                    policy: policy,
                    clusterLabels: ["env": "dev"],
                    expectedLinks: Set(["absent"].compactMap { LinkName($0) }),
                    isExhaustive: true
                )
                proposal.clusters = [AlertFixture.clusters[0]: BacktestProposal.Cluster(rules: rules)]
            }
            #expect(report.proposed.alerts == 3)
            #expect(report.told == ["firing link_missing", "firing link_unexpected"])
            #expect(report.notifications.map(\.severity) == [.critical, .warning])
            #expect(report.leftOutClusters == Array(AlertFixture.clusters[1...]))
        }
    }

    @Test func aClusterThatTheFileDoesNotKnowIsNamedAndOneThatIsLeftOutIsNotCounted() async throws {
        try await AlertFixture.place { place in
            try await place.life { fixture in
                for cluster in AlertFixture.clusters[...1] {
                    for _ in 0..<2 { try await fixture.poll(error: "TIMEOUT_ERROR", on: cluster) }
                }
            }
            let report = try await place.backtest { proposal in
                proposal.clusters[AlertFixture.clusters[0]] = nil
                proposal.clusters[ClusterID("lkc-new")] = BacktestProposal.Cluster(rules: AlertRules())
            }
            #expect(report.unknownClusters == [ClusterID("lkc-new")])
            #expect(report.leftOutClusters == [AlertFixture.clusters[0]])
            #expect(report.proposed.alerts == 1)
            #expect(report.past?.alerts == 1)
        }
    }

    @Test func whoeverHasNoWebhookIsShownWhatOneWouldBeTold() async throws {
        try await AlertFixture.place { place in
            try await place.record(["TIMEOUT_ERROR", "TIMEOUT_ERROR"])
            let report = try await place.backtest { $0.targets = [] }
            #expect(report.told == ["firing link_error"])
            #expect(report.notifications.first?.receivers == [])
            #expect(report.proposed.receivers == [:])
        }
    }

    @Test func silencesHoldAsTheyHeld() async throws {
        try await AlertFixture.place { place in
            try await place.life { fixture in
                _ = try await fixture.inventory.silence(actor: "ann") { id, now throws(SuppressionFault) in
                    try Silence(
                        id: id,
                        matchers: [Matcher(name: "link_name", value: "orders", isRegex: false)],
                        startsAt: nil,
                        endsAt: now.advanced(by: .seconds(60)),
                        createdBy: "ann",
                        comment: "maintenance",
                        now: now
                    )
                }
                for _ in 0..<10 {
                    try await fixture.poll(error: "TIMEOUT_ERROR")
                    await fixture.inventory.storeSightings()
                }
            }
            let report = try await place.backtest()
            #expect(report.notifications.map(\.at) == [place.instant(60)])
            #expect(report.proposed == report.past)
        }
    }
}
