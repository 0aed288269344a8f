import Alerting
import ClusterLinks
import ExactJSON
import Inventory
import Logging
import Testing

/// Alerts as they are kept with the observations that move them.
struct AlertRecordingTests {
    @Test func anAlertFiresWithItsSecondBadPollAndResolvesWithItsSecondGoodOne() async throws {
        try await AlertFixture.with { fixture in
            try await fixture.poll(error: nil)
            try await fixture.poll(error: "TIMEOUT_ERROR", message: "no answer")
            let pending = try #require(try await fixture.alerts().first)
            #expect(pending.state == .pending)
            #expect(try await fixture.inventory.oldestNotification(for: AlertFixture.webhook) == nil)
            fixture.clock.advance(by: .seconds(10))
            await fixture.inventory.unchanged(on: AlertFixture.clusters[0], at: fixture.clock.now())
            let firing = try #require(try await fixture.alerts().first)
            #expect(firing.id == pending.id)
            #expect(firing.state == .firing)
            #expect(firing.firedAt == fixture.clock.now())
            #expect(firing.message == "no answer")
            #expect(fixture.inventory.alerts.current.alerts[AlertFixture.clusters[0]] == [firing])
            #expect(try await fixture.deliverAll() == ["firing 1"])
            try await fixture.poll(error: nil)
            try await fixture.poll(error: nil)
            let resolved = try #require(try await fixture.alerts().first)
            #expect(resolved.resolvedReason == .recovered)
            #expect(fixture.inventory.alerts.current.alerts.isEmpty)
            #expect(fixture.inventory.alerts.current.incidents.isEmpty)
            #expect(try await fixture.deliverAll() == ["resolved 1"])
            let story = try #require(try await fixture.inventory.history.alert(resolved.id))
            #expect(story.events.map(\.kind) == ["began", "fired", "recovering", "resolved"])
            #expect(story.notifications.map(\.kind) == ["firing", "resolved"])
            #expect(story.notifications.allSatisfy { $0.endedAt != nil && $0.failure == nil })
        }
    }

    @Test func aFailedPollResolvesNothingAndIsAnAlertOfItsOwn() async throws {
        try await AlertFixture.with { fixture in
            for _ in 0..<2 { try await fixture.poll(error: "TIMEOUT_ERROR") }
            for _ in 0..<5 { await fixture.fail() }
            await fixture.inventory.storeSightings()
            let alerts = try await fixture.alerts()
            #expect(alerts.map(\.subject.kind) == [.clusterUnreachable, .linkError])
            #expect(alerts.allSatisfy { $0.state == .firing })
            #expect(alerts.first?.observations == 5)
            #expect(alerts.first?.code == "timeout")
        }
    }

    @Test func aRestartTellsNothingAgainAndGoesOnWhereItWas() async throws {
        try await AlertFixture.place { place in
            let before = try await place.life { fixture in
                for _ in 0..<2 { try await fixture.poll(error: "TIMEOUT_ERROR") }
                #expect(try await fixture.deliverAll() == ["firing 1"])
                try await fixture.poll(error: nil)
                return try await fixture.alerts()
            }
            try await place.life { fixture in
                #expect(try await fixture.alerts() == before)
                #expect(try await fixture.deliverAll() == [])
                // An Alertmanager is told again: to it, an alert that is not posted again is over.
                let posts = fixture.inventory.alerts.takePosts()
                #expect(posts.flatMap(\.firing).map(\.alert.id) == before.map(\.id))
                try await fixture.poll(error: nil)
                #expect(try await fixture.alerts().map(\.state) == [.resolved])
                #expect(try await fixture.deliverAll() == ["resolved 1"])
            }
            #expect(try place.violations() == [])
        }
    }

    @Test func theDeliveryInFlightAtACrashIsTheOnlyOneThatIsRepeatedWithItsID() async throws {
        try await AlertFixture.place { place in
            let told = try await place.life(closes: false) { fixture in
                for _ in 0..<2 { try await fixture.poll(error: "TIMEOUT_ERROR") }
                return try await fixture.inventory.oldestNotification(for: AlertFixture.webhook)
            }
            try await place.life { fixture in
                let again = try await fixture.inventory.oldestNotification(for: AlertFixture.webhook)
                #expect(again == told)
                #expect(try await fixture.deliverAll() == ["firing 1"])
            }
        }
    }

    @Test func whatIsSaidAnewToAnAlertmanagerGoesOnWhileTheDatabaseRefuses() async throws {
        try await AlertFixture.with { fixture in
            for _ in 0..<2 { try await fixture.poll(error: "TIMEOUT_ERROR") }
            #expect(fixture.inventory.alerts.takePosts().flatMap(\.firing).count == 1)
            try fixture.refuse(true)
            for _ in 0..<2 {
                try await fixture.poll(error: "TIMEOUT_ERROR", link: "stock", on: AlertFixture.clusters[1])
            }
            await fixture.inventory.storeSightings()
            #expect(!fixture.inventory.fleet.durability.isDurable)
            // The second alert fires and is shown, but nobody is told of what is not stored.
            #expect(fixture.inventory.alerts.current.alerts.values.joined().count { $0.state == .firing } == 2)
            fixture.clock.advance(by: .seconds(60))
            await fixture.inventory.storeSightings()
            let posts = fixture.inventory.alerts.takePosts()
            #expect(Set(posts.flatMap(\.firing).map(\.alert.subject.linkName)) == [LinkName("orders")])
            try fixture.refuse(false)
            await fixture.inventory.storeSightings()
            #expect(fixture.inventory.fleet.durability.isDurable)
            #expect(try await fixture.deliverAll() == ["firing 1", "firing 1"])
            let after = fixture.inventory.alerts.takePosts()
            #expect(
                Set(after.flatMap(\.firing).map(\.alert.subject.linkName)) == [LinkName("orders"), LinkName("stock")]
            )
        }
    }

    @Test func aSilenceHoldsBackAndItsEndTells() async throws {
        try await AlertFixture.with { fixture in
            let silence = try await fixture.inventory.silence(actor: "ann") { id, now throws(SuppressionFault) in
                try Silence(
                    id: id,
                    matchers: [Matcher(name: "link_name", value: "ord.*", isRegex: true)],
                    startsAt: nil,
                    endsAt: now.advanced(by: .seconds(3600)),
                    createdBy: "ann",
                    comment: "maintenance",
                    now: now
                )
            }
            for _ in 0..<3 { try await fixture.poll(error: "TIMEOUT_ERROR") }
            #expect(try await fixture.alerts().map(\.state) == [.firing])
            #expect(try await fixture.deliverAll() == [])
            let ended = try await fixture.inventory.endSilence(silence.id, actor: "ann")
            #expect(ended.endsAt == fixture.clock.now())
            #expect(try await fixture.deliverAll() == ["firing 1"])
            await #expect(throws: PeopleFault.self) {
                _ = try await fixture.inventory.endSilence(silence.id, actor: "ann")
            }
            let audit = try await fixture.inventory.history.audit()
            #expect(audit.map(\.entry.action) == ["silence.end", "silence.create"])
            #expect(audit.allSatisfy { $0.entry.actor == "ann" && $0.entry.target == silence.id })
        }
    }

    @Test func anAcknowledgementSurvivesTheRestartAndEndsWithTheAlert() async throws {
        try await AlertFixture.place { place in
            let policy = AlertPolicy(reminderInterval: .seconds(600))
            let id = try await place.life(policy) { fixture in
                for _ in 0..<2 { try await fixture.poll(error: "TIMEOUT_ERROR") }
                _ = try await fixture.deliverAll()
                let alert = try #require(try await fixture.alerts().first)
                _ = try await fixture.inventory.acknowledge(alert.id, actor: "loopback") {
                    alert,
                    now throws(SuppressionFault) in
                    try Acknowledgement(of: alert, by: "ann", comment: "on it", at: now)
                }
                return alert.id
            }
            try await place.life(policy) { fixture in
                #expect(fixture.inventory.alerts.current.acknowledgements[id]?.by == "ann")
                fixture.clock.advance(by: .seconds(5 * 3600))
                await fixture.inventory.storeSightings()
                #expect(try await fixture.deliverAll() == [])
                for _ in 0..<2 { try await fixture.poll(error: nil) }
                #expect(fixture.inventory.alerts.current.acknowledgements.isEmpty)
                let row = try #require(try await fixture.inventory.history.alert(id))
                #expect(row.row.acknowledgement?.comment == "on it")
                #expect(row.events.map(\.kind).contains("acknowledged"))
                await #expect(throws: PeopleFault.self) {
                    _ = try await fixture.inventory.acknowledge(id, actor: "loopback") {
                        alert,
                        now throws(SuppressionFault) in
                        try Acknowledgement(of: alert, by: "ann", comment: "late", at: now)
                    }
                }
            }
        }
    }

    @Test func whatPeopleAskForIsRefusedWhileNothingCanBeStored() async throws {
        try await AlertFixture.with { fixture in
            for _ in 0..<2 { try await fixture.poll(error: "TIMEOUT_ERROR") }
            let id = try #require(try await fixture.alerts().first?.id)
            try fixture.refuse(true)
            await #expect(throws: PeopleFault.self) {
                _ = try await fixture.inventory.acknowledge(id, actor: "loopback") {
                    alert,
                    now throws(SuppressionFault) in
                    try Acknowledgement(of: alert, by: "ann", comment: "on it", at: now)
                }
            }
            #expect(fixture.inventory.alerts.current.acknowledgements.isEmpty)
            try fixture.refuse(false)
        }
    }

    @Test func twoSidesOfOneLinkAreOneIncident() async throws {
        try await AlertFixture.with { fixture in
            let side = { (direction: String) -> JSONObject in
                [
                    "link_name": "dr", "cluster_link_id": "shared-id", "link_error": "TIMEOUT_ERROR",
                    "source_cluster_id": direction == "source" ? .null : "lkc-1",
                    "destination_cluster_id": direction == "source" ? "lkc-2" : .null,
                ]
            }
            for _ in 0..<2 {
                fixture.clock.advance(by: .seconds(10))
                try await fixture.inventory.list(
                    [side("source")],
                    on: AlertFixture.clusters[0],
                    at: fixture.clock.now()
                )
                try await fixture.inventory.list(
                    [side("destination")],
                    on: AlertFixture.clusters[1],
                    at: fixture.clock.now()
                )
            }
            let incidents = try await fixture.inventory.history.incidents(open: true)
            #expect(incidents.count == 1)
            #expect(incidents.first?.children.count == 2)
            #expect(try await fixture.deliverAll() == ["firing 1"])
        }
    }

    @Test func alertsOfARetiredClusterResolve() async throws {
        try await AlertFixture.with { fixture in
            for _ in 0..<2 { try await fixture.poll(error: "TIMEOUT_ERROR") }
            await fixture.inventory.configure(
                [ClusterDescription(id: AlertFixture.clusters[1])],
                alerting: AlertFixture.configuration()
            )
            #expect(try await fixture.alerts().map(\.resolvedReason) == [.clusterRemoved])
        }
    }

    @Test func retentionForgetsAlertsThatAreOverAndKeepsTheOpenOnes() async throws {
        try await AlertFixture.place { place in
            try await place.life { fixture in
                for error in [
                    "TIMEOUT_ERROR", "TIMEOUT_ERROR", nil, nil, "AUTHENTICATION_ERROR", "AUTHENTICATION_ERROR",
                ] {
                    try await fixture.poll(error: error)
                }
                _ = try await fixture.deliverAll()
                let retention = Retention(
                    inventory: fixture.inventory,
                    policy: RetentionPolicy(age: .seconds(3600), size: 1 << 40),
                    time: fixture.clock,
                    logger: .init(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
                )
                _ = try await retention.letGo(before: fixture.clock.now())
                let left = try await fixture.inventory.history.alerts()
                #expect(left.map(\.alert.code) == ["AUTHENTICATION_ERROR"])
                #expect(try await fixture.inventory.history.incidents().count == 1)
            }
            #expect(try place.violations() == [])
        }
    }
}
