import ClusterLinks
import ExactJSON
import Foundation
import Inventory
import Locking
import Logging
import Testing

@testable import Querying

/// A clock that stands still.
struct StillClock: TimeSource {
    let instant: Instant

    func now() -> Instant { instant }
}

/// A small inventory on a file, and the executable that answers statements about it.
struct QueryFixture: Sendable {
    let path: String
    let pool: QueryPool
    let source: QuerySource

    static let now = Instant(milliseconds: 1_800_000_000_000)

    /// Lends an inventory of three links that nobody writes to meanwhile.
    static func with(
        limits: QueryLimits = QueryLimits(),
        _ body: (QueryFixture) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "linkwatch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "test.db").path
        try await fill(path)
        let pool = QueryPool(executable: try executable, limits: limits) { word, candidates in
            candidates.first { $0.hasPrefix(word.prefix(4)) }
        }
        let source = QuerySource(path: path, isAtRest: true, views: views)
        do {
            try await body(QueryFixture(path: path, pool: pool, source: source))
        } catch {
            await pool.stop()
            throw error
        }
        await pool.stop()
    }

    private static var views: [QueryView] {
        InventoryViews(at: now, stale: []).all.map { view in
            QueryView(
                name: view.name,
                columns: view.columns.map { QueryView.Column(name: $0.name, type: $0.kind.rawValue) },
                select: view.select
            )
        }
    }

    private static func fill(_ path: String) async throws {
        let database = try InventoryDatabase(path: path)
        let store = try InventoryStore(
            database: database,
            time: StillClock(instant: now),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        await store.configure([ClusterDescription(id: ClusterID("lkc-3w6270"), name: "orders")])
        for round in 0..<2 {
            let links: [JSONValue] = ["billing", "orders", "pay\u{00E9}"].map { name in
                var link: JSONObject = [
                    "kind": "KafkaLinkData", "link_name": .string(name), "cluster_link_id": .string("id-\(name)"),
                    "link_state": "ACTIVE", "topic_names": ["a", "b"],
                ]
                if name == "orders", round == 1 {
                    link["link_error"] = "AUTHENTICATION_ERROR"
                    link["link_error_message"] = "the key is wrong"
                }
                return .object(link)
            }
            _ = await store.record(
                PollObservation(
                    cluster: ClusterID("lkc-3w6270"),
                    at: now.advanced(by: .seconds(round - 1)),
                    duration: .milliseconds(5),
                    httpStatus: 200,
                    result: .list(try LinkList(pages: [["data": .array(links)]]))
                )
            )
        }
        try await store.close()
    }

    /// The product lies beside the bundle of the tests.
    static var executable: String {
        get throws {
            let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
            let path = URL(filePath: bundle).deletingLastPathComponent().appending(path: "linkwatch").path
            try #require(FileManager.default.isExecutableFile(atPath: path), "build the product linkwatch first")
            return path
        }
    }

    func ask(
        _ sql: String,
        _ parameters: QueryParameters = .positional([]),
        as format: QueryFormat = .json
    ) async throws(QueryRefusal) -> QueryAnswer {
        try await pool.answer(QueryQuestion(sql: sql, parameters: parameters, format: format), about: source)
    }

    /// The rows of an answer as JSON.
    func rows(_ sql: String, _ parameters: QueryParameters = .positional([])) async throws -> [[JSONValue]] {
        let answer = try await ask(sql, parameters)
        let document = try JSONValue(parsing: answer.body)
        return (document.object?["rows"]?.array ?? []).compactMap(\.array)
    }

    /// Why a statement is refused; nil where it is answered.
    func refusal(_ sql: String, _ parameters: QueryParameters = .positional([])) async -> QueryRefusal? {
        do throws(QueryRefusal) {
            _ = try await ask(sql, parameters)
            return nil
        } catch {
            return error
        }
    }
}
