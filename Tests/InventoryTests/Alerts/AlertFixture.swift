import Alerting
import ClusterLinks
import ExactJSON
import Foundation
import GRDB
import Inventory
import Logging

/// An inventory that tells a webhook and an Alertmanager, polled by hand every ten seconds.
struct AlertFixture {
    let inventory: InventoryStore
    let clock: HandClock
    let path: String

    static let clusters = ["lkc-1", "lkc-2", "lkc-3"].map { ClusterID($0) }

    static let webhook = "hook"
    static let alertmanager = "am"

    static func configuration(_ policy: AlertPolicy = AlertPolicy()) -> AlertConfiguration {
        AlertConfiguration(
            rules: Dictionary(
                clusters.map { ($0, AlertRules(policy: policy, clusterName: "name of \($0)", readsTasks: true)) }
            ) { $1 },
            notifications: NotificationPolicy(reminderInterval: policy.reminderInterval),
            targets: [
                NotificationTarget(name: webhook, kind: .webhook),
                NotificationTarget(name: alertmanager, kind: .alertmanager),
            ]
        )
    }

    /// A place for the file, and a clock, over several lives.
    struct Place {
        let path: String
        let clock: HandClock

        /// One life of the service.
        /// - Parameter closes: false to go as a killed process goes, with all that was not stored.
        func life<Result>(
            _ policy: AlertPolicy = AlertPolicy(),
            closes: Bool = true,
            _ body: (AlertFixture) async throws -> Result
        ) async throws -> Result {
            let inventory = try InventoryStore(
                database: InventoryDatabase(path: path),
                time: clock,
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
            )
            await inventory.configure(
                AlertFixture.clusters.map { ClusterDescription(id: $0, name: "name of \($0)") },
                alerting: AlertFixture.configuration(policy)
            )
            let result = try await body(AlertFixture(inventory: inventory, clock: clock, path: path))
            if closes { try await inventory.close() } else { try inventory.database.close() }
            return result
        }

        /// What an inventory's file may never say.
        func violations() throws -> [String] {
            let file = try DatabaseQueue(path: path)
            let violations = try StoredInvariants(file).violations
            try file.close()
            return violations
        }
    }

    static func place<Result>(_ body: (Place) async throws -> Result) async throws -> Result {
        try await withTemporaryFolder(isVolatile: true) { folder in
            try await body(Place(path: folder.appending(path: "test.db").path, clock: HandClock()))
        }
    }

    static func with<Result>(
        _ policy: AlertPolicy = AlertPolicy(),
        _ body: (AlertFixture) async throws -> Result
    ) async throws -> Result {
        try await place { try await $0.life(policy, body) }
    }

    /// Ten seconds later, a poll that lists a link with this error.
    func poll(error: String?, message: String? = nil, link: String = "orders", on cluster: ClusterID = clusters[0])
        async throws
    {
        clock.advance(by: .seconds(10))
        try await inventory.list(
            [item(link, id: "id-of-\(link)", error: error, message: message)],
            on: cluster,
            at: clock.now()
        )
    }

    func fail(on cluster: ClusterID = clusters[0]) async {
        clock.advance(by: .seconds(10))
        await inventory.failure(on: cluster, at: clock.now())
    }

    func alerts() async throws -> [Alert] { try await inventory.history.alerts().map(\.alert) }

    /// What the outbox holds for a receiver, taken one by one as it would be delivered.
    func deliverAll(to receiver: String = webhook) async throws -> [String] {
        var told: [String] = []
        while let next = try await inventory.oldestNotification(for: receiver) {
            let body = try JSONValue(parsing: next.body).object
            told.append("\(body?["type"]?.string ?? "?") \(body?["alerts"]?.array?.count ?? 0)")
            try await inventory.record(.delivered, of: next.id, for: receiver)
        }
        return told
    }

    /// Makes the database refuse or take writes.
    func refuse(_ refuses: Bool) throws {
        let file = try DatabaseQueue(path: path)
        try file.write { db in
            let tables = ["poll_runs", "alerts", "alert_events", "incidents", "changes", "silences", "audit"]
            for table in tables {
                for event in ["INSERT", "UPDATE"] {
                    try db.execute(
                        sql: refuses
                            ? """
                            CREATE TRIGGER refuse_\(table)_\(event) BEFORE \(event) ON \(table)
                            BEGIN SELECT RAISE(ABORT, 'refused'); END
                            """
                            : "DROP TRIGGER refuse_\(table)_\(event)"
                    )
                }
            }
        }
        try file.close()
    }
}
