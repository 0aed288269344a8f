import ClusterLinks
import HTTPServing
import InventoryAPI
import Locking

/// What a service tells of itself, all of it made up but the requests it really answered.
final class FakeFacts: ServiceFacts {
    private struct State {
        var isReady = true
        var asked = 0
        var durations: [String: RequestDurations] = [:]
    }

    let version = "1.2.3"
    let revision: String? = "b8f26b1"
    let startedAt: Instant
    let connections = 2
    let clockOffset = Duration.milliseconds(-1500)
    let notifications = [
        NotificationCounts(integration: "webhook", delivered: 3, failures: ["server": 2], dropped: ["expired": 1]),
        NotificationCounts(integration: "alertmanager", delivered: 0),
    ]
    let requests = [RequestCount(route: "/api/v1/links", method: "GET", code: 200, count: 5)]
    private let state = Locked(State())

    init(startedAt: Instant) { self.startedAt = startedAt }

    var isReady: Bool { state.withLock(\.isReady) }

    /// How often the operating system was asked.
    var asked: Int { state.withLock(\.asked) }

    var requestDurations: [RequestDurations] { state.withLock(\.durations).values.sorted { $0.route < $1.route } }

    var configuration: ConfigurationFacts {
        ConfigurationFacts(path: "linkwatch.yaml", checksum: "abc", loadedAt: startedAt)
    }

    var database: DatabaseStatus {
        DatabaseStatus(
            path: "test.db",
            size: 4096,
            logSize: 512,
            synchronous: 2,
            journalMode: "wal",
            sqliteVersion: "3.40.1"
        )
    }

    var process: ProcessFacts {
        state.withLock { $0.asked += 1 }
        return ProcessFacts(processorSeconds: 1.5, residentBytes: 1 << 20, openDescriptors: 12, startedAt: 1.8e9)
    }

    func set(isReady: Bool) { state.withLock { $0.isReady = isReady } }

    func note(_ exchange: Exchange) {
        let route = exchange.routeTemplate
        state.withLock {
            $0.durations[route, default: RequestDurations(route: route)].add(nanoseconds: exchange.nanoseconds)
        }
    }
}
