import Alerting
import ClusterLinks
import CurlHTTP
import ExactJSON
import Foundation
import Inventory
import Locking
import Logging
import Testing

@testable import LinkWatch

/// What a real Alertmanager shows of linkwatch's alerts, through firing, resolving, silences and the restart of either.
@Suite(.timeLimit(.minutes(3)))
struct AlertmanagerTests {
    /// A time that a test moves on, so that a minute between two posts need not be waited for.
    ///
    /// It begins behind the time of day, which Alertmanager goes by: what ended must have ended to it, too.
    private final class MovedTime: TimeSource {
        private let ahead = Locked<Duration>(.seconds(-100))

        func now() -> Instant { SystemTime.wall.advanced(by: ahead.withLock(\.self)) }

        func advance(by duration: Duration) { ahead.withLock { $0 += duration } }
    }

    private static let cluster = ClusterID("lkc-1")

    /// An inventory on the disk and what delivers for it, as the service joins them.
    private struct Watcher {
        let inventory: InventoryStore
        let time: MovedTime

        func poll(_ errors: [String: String?]) async throws {
            time.advance(by: .seconds(1))
            let items = errors.sorted { $0.key < $1.key }.map { name, error -> JSONValue in
                [
                    "link_name": .string(name), "cluster_link_id": .string("id-of-\(name)"),
                    "link_error": .optional(error),
                ]
            }
            let list = try LinkList(pages: [["data": .array(items)]])
            _ = await inventory.record(
                PollObservation(
                    cluster: cluster,
                    at: time.now(),
                    duration: .milliseconds(1),
                    httpStatus: 200,
                    result: .list(list)
                )
            )
        }

        func fail() async {
            time.advance(by: .seconds(1))
            _ = await inventory.record(
                PollObservation(
                    cluster: cluster,
                    at: time.now(),
                    duration: .milliseconds(1),
                    httpStatus: nil,
                    result: .failure(reason: "timeout", message: "no answer")
                )
            )
        }
    }

    private func watching(
        database: String,
        alertmanager: Alertmanager,
        time: MovedTime = MovedTime(),
        _ body: (Watcher) async throws -> Void
    ) async throws {
        let inventory = try InventoryStore(database: InventoryDatabase(path: database), time: time, logger: .silent)
        var configuration = Configuration()
        configuration.clusters = [
            Configuration.Cluster(
                id: Self.cluster.rawValue,
                endpoint: try Configuration.WebAddress(parsing: "http://127.0.0.1:1", parts: .path)
            )
        ]
        configuration.alerts.receivers = [
            Configuration.Alerts.Receiver(
                name: "am",
                url: try Configuration.WebAddress(parsing: alertmanager.url, parts: .path),
                kind: .alertmanager
            )
        ]
        let curl = CurlClient(userAgent: "linkwatch-tests", maximumConnections: 4)
        let notifier = Notifier(inventory: inventory, curl: curl, time: time, logger: .silent)
        notifier.update(configuration)
        await inventory.configure(configuration.clusters.map(\.description), alerting: configuration.alerting)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await notifier.run() }
            defer { group.cancelAll() }
            try await body(Watcher(inventory: inventory, time: time))
        }
        await curl.shutdown()
        try await inventory.close()
    }

    private func told(_ link: String, _ state: String = "active") -> Alertmanager.Told {
        Alertmanager.Told(
            name: "LinkwatchLinkError",
            link: link,
            cluster: Self.cluster.rawValue,
            severity: "critical",
            state: state
        )
    }

    @Test func `what fires and resolves here fires and resolves there`() async throws {
        try await withTemporaryFolder { folder in
            try await Alertmanager.with(folder: folder) { alertmanager in
                try await watching(database: folder + "linkwatch.db", alertmanager: alertmanager) { watcher in
                    for _ in 0..<2 { try await watcher.poll(["orders": "TIMEOUT_ERROR", "stock": nil]) }
                    try await alertmanager.awaitAlerts { $0 == [told("orders")] }
                    for _ in 0..<2 {
                        try await watcher.poll(["orders": "TIMEOUT_ERROR", "stock": "AUTHENTICATION_ERROR"])
                    }
                    try await alertmanager.awaitAlerts { $0 == [told("orders"), told("stock")] }
                    // Ignorance resolves nothing, and is an alert of its own.
                    for _ in 0..<2 { await watcher.fail() }
                    try await alertmanager.awaitAlerts { told in
                        told.isSuperset(of: [self.told("orders"), self.told("stock")])
                            && told.contains { $0.name == "LinkwatchClusterUnreachable" }
                    }
                    for _ in 0..<2 { try await watcher.poll(["orders": nil, "stock": nil]) }
                    try await alertmanager.awaitAlerts(\.isEmpty)
                }
            }
        }
    }

    @Test func `an Alertmanager that was restarted learns again what fires`() async throws {
        try await withTemporaryFolder { folder in
            try await Alertmanager.with(folder: folder) { alertmanager in
                try await watching(database: folder + "linkwatch.db", alertmanager: alertmanager) { watcher in
                    for _ in 0..<2 { try await watcher.poll(["orders": "TIMEOUT_ERROR"]) }
                    try await alertmanager.awaitAlerts { $0 == [told("orders")] }
                    try await alertmanager.restarted { restarted in
                        #expect(try await restarted.alerts() == [])
                        watcher.time.advance(by: .seconds(60))
                        await watcher.inventory.storeSightings()
                        try await restarted.awaitAlerts { $0 == [told("orders")] }
                        for _ in 0..<2 { try await watcher.poll(["orders": nil]) }
                        try await restarted.awaitAlerts(\.isEmpty)
                    }
                }
            }
        }
    }

    @Test func `a restart of linkwatch resolves nothing and forgets nothing`() async throws {
        try await withTemporaryFolder { folder in
            try await Alertmanager.with(folder: folder) { alertmanager in
                let time = MovedTime()
                try await watching(database: folder + "linkwatch.db", alertmanager: alertmanager, time: time) {
                    for _ in 0..<2 { try await $0.poll(["orders": "TIMEOUT_ERROR", "stock": "TIMEOUT_ERROR"]) }
                    try await alertmanager.awaitAlerts { $0.count == 2 }
                    try await $0.poll(["orders": nil, "stock": "TIMEOUT_ERROR"])
                }
                try await watching(database: folder + "linkwatch.db", alertmanager: alertmanager, time: time) {
                    #expect(try await alertmanager.alerts() == [told("orders"), told("stock")])
                    // The first good poll was before the restart, the second is after it.
                    try await $0.poll(["orders": nil, "stock": "TIMEOUT_ERROR"])
                    try await alertmanager.awaitAlerts { $0 == [told("stock")] }
                }
            }
        }
    }

    @Test func `what happens while an Alertmanager is away is told when it is back`() async throws {
        try await withTemporaryFolder { folder in
            try await Alertmanager.with(folder: folder) { alertmanager in
                try await watching(database: folder + "linkwatch.db", alertmanager: alertmanager) { watcher in
                    for _ in 0..<2 { try await watcher.poll(["orders": "TIMEOUT_ERROR", "stock": nil]) }
                    try await alertmanager.awaitAlerts { $0 == [told("orders")] }
                    try await alertmanager.restarted(after: {
                        for _ in 0..<2 { try await watcher.poll(["orders": nil, "stock": "TIMEOUT_ERROR"]) }
                    }) { restarted in
                        try await restarted.awaitAlerts { $0 == [told("stock")] }
                    }
                }
            }
        }
    }

    @Test func `a silence there silences there and stays over posts`() async throws {
        try await withTemporaryFolder { folder in
            try await Alertmanager.with(folder: folder) { alertmanager in
                try await watching(database: folder + "linkwatch.db", alertmanager: alertmanager) { watcher in
                    for _ in 0..<2 { try await watcher.poll(["orders": "TIMEOUT_ERROR"]) }
                    try await alertmanager.awaitAlerts { $0 == [told("orders")] }
                    _ = try await alertmanager.amtool(
                        "silence",
                        "add",
                        "link_name=orders",
                        "--author=ann",
                        "--comment=maintenance",
                        "--alertmanager.url=\(alertmanager.url)"
                    )
                    try await alertmanager.awaitAlerts { $0 == [told("orders", "suppressed")] }
                    watcher.time.advance(by: .seconds(60))
                    await watcher.inventory.storeSightings()
                    try await alertmanager.awaitAlerts { $0 == [told("orders", "suppressed")] }
                }
            }
        }
    }
}
