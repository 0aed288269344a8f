import ClusterLinks
import ExactJSON
import Foundation
import GRDB
import Inventory
import Locking
import Logging

/// A clock that only a test moves.
final class HandClock: TimeSource {
    private let milliseconds: Locked<Int64>

    init(_ start: Int64 = 1_800_000_000_000) { milliseconds = Locked(start) }

    func now() -> Instant { Instant(milliseconds: milliseconds.withLock(\.self)) }

    func advance(by duration: Duration) { milliseconds.withLock { $0 += duration.milliseconds } }

    func set(_ instant: Instant) { milliseconds.withLock { $0 = instant.milliseconds } }
}

/// A folder that is gone when the body ends.
/// - Parameter isVolatile: in memory where the system has such a place, for tests that commit often and never lose power.
func withTemporaryFolder<Result>(
    isVolatile: Bool = false,
    _ body: (URL) async throws -> Result
) async throws -> Result {
    let memory = URL(filePath: "/dev/shm")
    let place =
        isVolatile && FileManager.default.isWritableFile(atPath: memory.path)
        ? memory : FileManager.default.temporaryDirectory
    let folder = place.appending(path: "linkwatch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// An inventory on a real file, which may be closed and opened again as a restart does.
struct InventoryFixture {
    let path: String
    let clock: HandClock

    static let cluster = ClusterID("lkc-1")

    static func with<Result>(_ body: (InventoryFixture) async throws -> Result) async throws -> Result {
        try await withTemporaryFolder { folder in
            try await body(InventoryFixture(path: folder.appending(path: "test.db").path, clock: HandClock()))
        }
    }

    /// One life of the service: opens the database, configures the clusters and closes it again.
    func life<Result>(
        clusters: [ClusterDescription] = [ClusterDescription(id: cluster, staleAfter: .seconds(180))],
        _ body: (InventoryStore) async throws -> Result
    ) async throws -> Result {
        let database = try InventoryDatabase(path: path)
        let inventory = try InventoryStore(database: database, time: clock, logger: Logger(label: "test"))
        await inventory.configure(clusters)
        let result = try await body(inventory)
        try await inventory.close()
        return result
    }

    func read<Result>(_ sql: String, as type: Result.Type = Result.self) throws -> [Result]
    where Result: DatabaseValueConvertible {
        try DatabaseQueue(path: path).read { try Result.fetchAll($0, sql: sql) }
    }
}

extension InventoryStore {
    /// A poll that listed these items, answered now.
    @discardableResult
    func list(
        _ items: [JSONObject],
        on cluster: ClusterID = InventoryFixture.cluster,
        at instant: Instant
    ) async throws -> RecordedPoll? {
        let page = JSONValue.object(["data": .array(items.map(JSONValue.object))])
        return await record(
            PollObservation(
                cluster: cluster,
                at: instant,
                duration: .milliseconds(5),
                httpStatus: 200,
                result: .list(try LinkList(pages: [page]))
            )
        )
    }

    @discardableResult
    func unchanged(on cluster: ClusterID = InventoryFixture.cluster, at instant: Instant) async -> RecordedPoll? {
        await record(
            PollObservation(
                cluster: cluster,
                at: instant,
                duration: .milliseconds(5),
                httpStatus: 200,
                result: .unchanged
            )
        )
    }

    @discardableResult
    func failure(
        _ reason: String = "timeout",
        on cluster: ClusterID = InventoryFixture.cluster,
        at instant: Instant
    ) async -> RecordedPoll? {
        await record(
            PollObservation(
                cluster: cluster,
                at: instant,
                duration: .milliseconds(5),
                httpStatus: nil,
                result: .failure(reason: reason, message: "no answer")
            )
        )
    }
}

/// A list item with what matters to a test.
func item(_ name: String, id: String? = "id", error: String? = nil, message: String? = nil) -> JSONObject {
    var item: JSONObject = ["kind": "KafkaLinkData", "link_name": .string(name), "topic_names": ["b", "a"]]
    if let id { item["cluster_link_id"] = .string(id) }
    if let error { item["link_error"] = .string(error) }
    if let message { item["link_error_message"] = .string(message) }
    return item
}
