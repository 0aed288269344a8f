import ClusterLinks
import ExactJSON
import Foundation
import HTTPServing
import Inventory
import InventoryAPI
import Locking
import Logging

/// A clock that only a test moves.
final class HandClock: TimeSource {
    private let milliseconds = Locked<Int64>(1_800_000_000_000)

    func now() -> Instant { Instant(milliseconds: milliseconds.withLock(\.self)) }

    func advance(by duration: Duration) { milliseconds.withLock { $0 += duration.milliseconds } }
}

/// A folder that is gone when the body ends.
func withTemporaryFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "linkwatch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
}

/// The interface over a real inventory on a real file, served on a port of its own.
struct APIFixture {
    let store: InventoryStore
    let clock: HandClock
    let polls: FakePolls
    let upstream: FakeUpstream
    let facts: FakeFacts
    let reloading: FakeReload
    let queries: FakeQueries
    let client: RawHTTPClient
    let database: String

    static let cluster = ClusterID("lkc-1")

    static func with(
        clusters: [ClusterDescription] = [ClusterDescription(id: cluster, name: "orders")],
        alerting: AlertConfiguration = AlertConfiguration(),
        policy: AccessPolicy = AccessPolicy(),
        timeouts: HTTPTimeouts = HTTPTimeouts(),
        clock: HandClock = HandClock(),
        _ body: (APIFixture) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try await with(
                clusters: clusters,
                alerting: alerting,
                policy: policy,
                timeouts: timeouts,
                clock: clock,
                folder: folder,
                body
            )
        }
    }

    /// One life of the service, on whatever an earlier one has left in the folder.
    static func with(
        clusters: [ClusterDescription] = [ClusterDescription(id: cluster, name: "orders")],
        alerting: AlertConfiguration = AlertConfiguration(),
        policy: AccessPolicy = AccessPolicy(),
        timeouts: HTTPTimeouts = HTTPTimeouts(),
        clock: HandClock = HandClock(),
        folder: URL,
        _ body: (APIFixture) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test")
        let database = try InventoryDatabase(path: folder.appending(path: "test.db").path)
        let store = try InventoryStore(database: database, time: clock, logger: logger)
        await store.configure(clusters, alerting: alerting)
        let polls = FakePolls(store: store, clock: clock)
        let upstream = FakeUpstream()
        let facts = FakeFacts(startedAt: clock.now())
        let reloading = FakeReload()
        let queries = FakeQueries()
        let interface = InventoryAPI(
            inventory: store,
            time: clock,
            polls: polls,
            upstream: upstream,
            service: facts,
            policy: policy,
            reloading: reloading,
            queries: queries
        )
        let router = try interface.makeRouter()
        let server = HTTPServer(
            configuration: HTTPServerConfiguration(timeouts: timeouts),
            router: router,
            observer: { facts.note($0) },
            logger: logger
        )
        guard case .ip(_, let port)? = try server.start().first else { return }
        let feeding = Task { await interface.run() }
        func stop() async throws {
            feeding.cancel()
            await feeding.value
            await server.stop(deadline: .zero)
            try await store.close()
        }
        do {
            try await body(
                APIFixture(
                    store: store,
                    clock: clock,
                    polls: polls,
                    upstream: upstream,
                    facts: facts,
                    reloading: reloading,
                    queries: queries,
                    client: RawHTTPClient(port: port),
                    database: database.path
                )
            )
        } catch {
            try await stop()
            throw error
        }
        try await stop()
    }

    /// A poll that listed these items, answered now.
    @discardableResult
    func list(_ items: [JSONObject], on cluster: ClusterID = cluster) async throws -> RecordedPoll? {
        let page = JSONValue.object(["data": .array(items.map(JSONValue.object))])
        return await store.record(
            PollObservation(
                cluster: cluster,
                at: clock.now(),
                duration: .milliseconds(5),
                httpStatus: 200,
                result: .list(try LinkList(pages: [page]))
            )
        )
    }

    @discardableResult
    func fail(_ reason: String, status: Int? = nil, on cluster: ClusterID = cluster) async -> RecordedPoll? {
        await store.record(
            PollObservation(
                cluster: cluster,
                at: clock.now(),
                duration: .milliseconds(5),
                httpStatus: status,
                result: .failure(reason: reason, message: "no answer")
            )
        )
    }

    func get(_ target: String, _ fields: [String: String] = [:]) async throws -> Answer {
        try await client.send("GET", target, fields: fields)
    }

    /// The names of a list's links, in its order.
    func names(_ target: String) async throws -> [String] {
        try await get(target).items.compactMap { $0["link_name"]?.string }
    }
}

/// A list item with what matters to a test.
func item(_ name: String, _ more: JSONObject = [:]) -> JSONObject {
    var item: JSONObject = [
        "kind": "KafkaLinkData", "link_name": .string(name), "cluster_link_id": .string("id-" + name),
        "topic_names": ["b", "a"],
    ]
    for member in more.members { item[member.name] = member.value }
    return item
}
