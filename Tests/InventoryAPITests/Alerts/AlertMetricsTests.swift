import Alerting
import ClusterLinks
import ExactJSON
import Foundation
import Inventory
import Testing

struct AlertMetricsTests {
    private static let cluster = ClusterDescription(id: APIFixture.cluster, name: "orders", labels: ["env": "prod"])
    private static let alerting = AlertConfiguration(targets: [
        NotificationTarget(name: "pager", kind: .webhook), NotificationTarget(name: "am", kind: .alertmanager),
    ])

    @Test func firingAlertsAreHeldThroughIgnorance() async throws {
        try await APIFixture.with(clusters: [Self.cluster]) { fixture in
            let series =
                #"clusterlink_alert_firing{kind="link_error",severity="critical",kafka_cluster_id="lkc-1",link_name="orders"} 1"#
            try await fixture.list([item("orders", APIFixture.broken)], times: 1)
            #expect(try await !fixture.lines("clusterlink_alert_firing").contains(series))
            try await fixture.list([item("orders", APIFixture.broken)], times: 1)
            #expect(try await fixture.lines("clusterlink_alert_firing") == [series])
            await fixture.fail("timeout", times: 4)
            let unreachable =
                #"clusterlink_alert_firing{kind="cluster_unreachable",severity="critical",kafka_cluster_id="lkc-1",link_name=""} 1"#
            #expect(try await fixture.lines("clusterlink_alert_firing") == [unreachable, series])
            #expect(try await fixture.lines("clusterlink_up").isEmpty)
            try await fixture.list([item("orders")], times: 2)
            #expect(try await fixture.lines("clusterlink_alert_firing").isEmpty)
        }
    }

    @Test func theAlertsOfARetiredClusterGo() async throws {
        try await APIFixture.with { fixture in
            try await fixture.fire("orders")
            await fixture.store.configure([])
            #expect(try await fixture.lines("clusterlink_alert_firing").isEmpty)
            #expect(try await fixture.counts(of: "clusterlink_alerts") == [:])
        }
    }

    @Test func linksOfOneNameAreOneSeries() async throws {
        try await APIFixture.with { fixture in
            let twins = ["1", "2"].map { id in
                item("orders", ["cluster_link_id": .string(id), "link_error": "TIMEOUT_ERROR"])
            }
            try await fixture.list(twins, times: 2)
            #expect(try await fixture.alerts("?state=firing").count == 2)
            #expect(try await fixture.lines("clusterlink_alert_firing").count == 1)
            let counts = try await fixture.counts(of: "clusterlink_alerts")
            #expect(counts == [#"kind="link_error",severity="critical",state="firing""#: 2])
        }
    }

    @Test func everyCountIsThereFromTheStart() async throws {
        try await APIFixture.with { fixture in
            #expect(try await fixture.lines("clusterlink_alerts").count == 36)
            #expect(try await fixture.counts(of: "clusterlink_alerts").isEmpty)
            try await fixture.list([item("a", APIFixture.broken), item("b", ["link_state": "FAILED"])], times: 1)
            let pending = try await fixture.counts(of: "clusterlink_alerts")
            #expect(
                pending == [
                    #"kind="link_error",severity="critical",state="pending""#: 1,
                    #"kind="link_state",severity="critical",state="pending""#: 1,
                ]
            )
        }
    }

    @Test func tellingPeopleIsCountedByIntegration() async throws {
        try await APIFixture.with(alerting: Self.alerting) { fixture in
            let waiting = #"linkwatch_notifications_waiting{integration="webhook"} "#
            #expect(try await fixture.lines("linkwatch_notifications_waiting") == [waiting + "0"])
            #expect(try await fixture.lines("linkwatch_notification_oldest_waiting_seconds").isEmpty)
            try await fixture.fire("orders", "payments")
            fixture.clock.advance(by: .seconds(30))
            #expect(try await fixture.lines("linkwatch_notifications_waiting") == [waiting + "2"])
            // They were to be told at 08:01:00, and it is 08:02:30.
            #expect(
                try await fixture.lines("linkwatch_notification_oldest_waiting_seconds")
                    == [#"linkwatch_notification_oldest_waiting_seconds{integration="webhook"} 90"#]
            )
            let oldest = try #require(try await fixture.store.oldestNotification(for: "pager"))
            try await fixture.store.record(.delivered, of: oldest.id, for: "pager")
            fixture.clock.advance(by: .seconds(1))
            #expect(try await fixture.lines("linkwatch_notifications_waiting") == [waiting + "1"])
            // What the service counts.
            let all = try await fixture.get("/metrics").text.split(separator: "\n")
            for line in [
                #"linkwatch_notifications_total{integration="webhook"} 3"#,
                #"linkwatch_notifications_total{integration="alertmanager"} 0"#,
                #"linkwatch_notification_failures_total{integration="webhook",reason="server"} 2"#,
                #"linkwatch_notifications_dropped_total{integration="webhook",reason="expired"} 1"#,
            ] { #expect(all.contains(Substring(line)), "\(line)") }
        }
    }

    @Test func aScrapeIsMadeAnewWhereAnAlertChanges() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders", APIFixture.broken)])
            let first = try await fixture.get("/metrics")
            #expect(try await fixture.get("/metrics").fields["etag"] == first.fields["etag"])
            // Within the second, and without a change of the link.
            try await fixture.list([item("orders", APIFixture.broken)])
            let second = try await fixture.get("/metrics")
            #expect(second.fields["etag"] != first.fields["etag"])
            #expect(second.text.contains("clusterlink_alert_firing{"))
        }
    }

    @Test func promtoolFindsNothingToBlame() async throws {
        try await APIFixture.with(clusters: [Self.cluster], alerting: Self.alerting) { fixture in
            try await fixture.fire("orders", #"od"d\"# + "\n")
            fixture.clock.advance(by: .seconds(9))
            let metrics = try await fixture.get("/metrics").text
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["promtool", "check", "metrics"]
            let (input, output) = (Pipe(), Pipe())
            process.standardInput = input
            process.standardOutput = output
            process.standardError = output
            try process.run()
            try input.fileHandleForWriting.write(contentsOf: Data(metrics.utf8))
            try input.fileHandleForWriting.close()
            let findings = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus != 127, "promtool is missing: apt-get install prometheus")
            #expect(process.terminationStatus == 0 && findings.isEmpty, "\(findings)")
        }
    }
}

extension APIFixture {
    /// The series of one metric.
    fileprivate func lines(_ name: String) async throws -> [String] {
        try await get("/metrics").text.split(separator: "\n").map(String.init).filter { $0.hasPrefix(name + "{") }
    }

    /// The labels and values of the series that are not 0.
    fileprivate func counts(of name: String) async throws -> [String: Int] {
        let pairs = try await lines(name).map { line in
            let parts = line.dropFirst(name.count + 1).split(separator: "} ").map(String.init)
            return (parts[0], Int(parts[1]) ?? -1)
        }
        return Dictionary(pairs.filter { $0.1 != 0 }) { $1 }
    }
}
