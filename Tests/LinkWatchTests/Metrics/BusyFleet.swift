import ConfluentSimulator
import Locking
import Testing

@testable import LinkWatch

/// A service of which every metric has something to tell: links in error, failing tasks, ghosts, a cluster of which nothing is known any
/// more, and receivers that take, refuse and do not answer.
struct BusyFleet: Sendable {
    let simulator: SimulatorControl
    let live: LiveService

    static func with(_ body: (BusyFleet) async throws -> Void) async throws {
        try await WebhookReceiver.with { receiver in
            try await withUpstream(clusters: 2, links: 4) { simulator, address in
                try await withTemporaryFolder { folder in
                    var configuration = try Configuration.watching(simulator.fleet.clusterIDs, at: address, in: folder)
                    configuration.clusters[0].name = "orders"
                    configuration.clusters[0].labels = ["env": "prod"]
                    configuration.clusters[0].expectedLinks = ["nobody-made-it"]
                    configuration.clusters[1].poll.staleAfter = .milliseconds(300)
                    configuration.alerts.receivers = try [
                        ("takes", receiver.url, .webhook(secret: nil, template: nil)),
                        // Nobody listens there.
                        ("is-away", "http://127.0.0.1:1/hook", .webhook(secret: nil, template: nil)),
                        // It knows no such path.
                        ("refuses", address, .alertmanager),
                    ].map { name, url, kind in
                        Configuration.Alerts.Receiver(
                            name: name,
                            url: try Configuration.WebAddress(parsing: url, parts: [.path]),
                            kind: kind
                        )
                    }
                    try await withService(configuration) { live in
                        try await disturb(simulator, live)
                        try await body(BusyFleet(simulator: simulator, live: live))
                    }
                }
            }
        }
    }

    private static func disturb(_ simulator: SimulatorControl, _ live: LiveService) async throws {
        let (known, dark) = (simulator.fleet.clusterIDs[0], simulator.fleet.clusterIDs[1])
        try simulator.apply(.setError(simulator.address(link: 0), code: "AUTHENTICATION_ERROR", message: "no"))
        try simulator.apply(
            .failTask(
                simulator.address(link: 1),
                task: "ConsumerOffsetSync",
                .init(code: "CONSUMER_GROUP_IN_USE_ERROR", message: "in use")
            )
        )
        try simulator.apply(.addGhosts(known, count: 1))
        for cluster in [known, dark] { try await live.api.poll(cluster) }
        try simulator.inject(.status(503), on: dark)
        for cluster in [known, dark, dark] { try await live.api.poll(cluster) }
        // The tasks are read behind the poll.
        try await awaitMetrics(live) { metrics in metrics.contains("clusterlink_task_error{") }
    }

    /// The metrics as soon as they are what is awaited.
    @discardableResult
    static func awaitMetrics(_ live: LiveService, where isAwaited: (String) -> Bool) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            let text = try await live.api.send("GET", "/metrics").text
            if isAwaited(text) || ContinuousClock.now >= deadline { return text }
            await Task.yield()
        }
    }

    /// Lets a link have another error, as a poll finds it.
    func change() async throws {
        let address = simulator.address(link: 2)
        try simulator.apply(.setError(address, code: "TIMEOUT_ERROR", message: "late"))
        try await live.api.poll(address.clusterID)
    }

    func metrics(where isAwaited: (ScrapedMetrics) -> Bool) async throws -> ScrapedMetrics {
        ScrapedMetrics(try await Self.awaitMetrics(live) { isAwaited(ScrapedMetrics($0)) })
    }
}
