import Alerting
import ClusterLinks
import ConfluentSimulator
import ExactJSON
import Testing

@testable import LinkWatch

/// Alerts of the whole service, from the upstream's answer to the receiver's.
@Suite(.timeLimit(.minutes(2)))
struct AlertServiceTests {
    private func alerting(_ receiver: WebhookReceiver) throws -> Configuration.Alerts {
        var alerts = Configuration.Alerts()
        alerts.receivers = [
            Configuration.Alerts.Receiver(
                name: "hook",
                url: try Configuration.WebAddress(parsing: receiver.url, parts: [.path, .query]),
                kind: .webhook(secret: nil, template: nil)
            )
        ]
        return alerts
    }

    /// The second reading says what the first one did, byte for byte, and is an observation like any other.
    @Test func `a failing task fires with its second reading though nothing changed`() async throws {
        try await WebhookReceiver.with { receiver in
            let alerts = try alerting(receiver)
            try await withFleetAndService { configuration in
                configuration.alerts = alerts
                configuration.pollEach { $0.tasksInterval = .milliseconds(200) }
            } _: { simulator, live in
                let address = simulator.address()
                try simulator.apply(
                    .failTask(
                        address,
                        task: "ConsumerOffsetSync",
                        .init(code: "CONSUMER_GROUP_IN_USE_ERROR", message: "in use")
                    )
                )
                try await live.api.poll(address.clusterID)
                let told = try await receiver.await { $0.type == "firing" && $0.links == [address.linkName] }
                #expect(told.body["alerts"].array?.first?["kind"].string == "task_error")
                #expect(told.body["alerts"].array?.first?["code"].string == "CONSUMER_GROUP_IN_USE_ERROR")
                let id = try #require(told.body["alerts"].array?.first?["id"].string)
                let alert = try await live.api.awaitAnswer(to: "/api/v1/alerts/\(id)") {
                    $0["notifications"].array?.first?["ended_at"].string != nil
                }
                #expect(alert["events"].array?.map(\.["kind"].string) == ["began", "fired"])
                let metrics = try await live.api.send("GET", "/metrics").text
                #expect(metrics.contains("linkwatch_notifications_total{integration=\"webhook\"} 1"), "\(metrics)")
            }
        }
    }

    @Test func `links that are missing or unexpected are told`() async throws {
        try await WebhookReceiver.with { receiver in
            let alerts = try alerting(receiver)
            try await withFleetAndService(links: 2) { configuration in
                configuration.alerts = alerts
                configuration.clusters[0].expectedLinks = ["nobody-made-it"]
                configuration.clusters[0].expectedLinksExhaustive = true
            } _: { simulator, live in
                let cluster = simulator.fleet.clusterIDs[0]
                for _ in 0..<2 { try await live.api.poll(cluster) }
                let alerts = try await live.api.awaitAnswer(
                    to: "/api/v1/alerts?state=firing&kind=link_missing,link_unexpected"
                ) {
                    $0.rows.count >= 2
                }
                #expect(alerts.rows.contains { $0["link_name"].string == "nobody-made-it" })
                try await receiver.await { $0.links == ["nobody-made-it"] }
            }
        }
    }
}
