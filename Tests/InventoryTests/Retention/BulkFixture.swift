import ClusterLinks
import Foundation
import GRDB
import Inventory
import Logging

/// An inventory with a long past.
struct BulkFixture {
    let bulk: BulkHistory
    let inventory: InventoryStore
    let clock: HandClock
    private let path: String

    /// - Parameters:
    ///   - offset: how long after the last version it is now.
    ///   - vacuums: false for a file that does not keep what giving pages back takes.
    ///   - isVolatile: false for a file on the disk.
    static func with(
        _ bulk: BulkHistory,
        at offset: Duration = .seconds(60),
        vacuums: Bool = true,
        isVolatile: Bool = true,
        _ body: (BulkFixture) async throws -> Void
    ) async throws {
        try await withTemporaryFolder(isVolatile: isVolatile) { folder in
            let path = folder.appending(path: "test.db").path
            try bulk.write(to: path)
            if !vacuums {
                let queue = try DatabaseQueue(path: path)
                try await queue.vacuum(from: "PRAGMA auto_vacuum = NONE")
                try queue.close()
            }
            let clock = HandClock(bulk.end.advanced(by: offset).milliseconds)
            try await life(bulk, path, clock, body)
        }
    }

    /// Another life of the service, after the end of the one before.
    static func withTwoLives(
        _ bulk: BulkHistory,
        first: (BulkFixture) async throws -> Void,
        second: (BulkFixture) async throws -> Void
    ) async throws {
        try await withTemporaryFolder(isVolatile: true) { folder in
            let path = folder.appending(path: "test.db").path
            try bulk.write(to: path)
            let clock = HandClock(bulk.end.advanced(by: .seconds(60)).milliseconds)
            try await life(bulk, path, clock, first)
            try await life(bulk, path, clock, second)
        }
    }

    private static func life(
        _ bulk: BulkHistory,
        _ path: String,
        _ clock: HandClock,
        _ body: (BulkFixture) async throws -> Void
    ) async throws {
        let database = try InventoryDatabase(path: path)
        let inventory = try InventoryStore(database: database, time: clock, logger: silent)
        try await body(BulkFixture(bulk: bulk, inventory: inventory, clock: clock, path: path))
        try await inventory.close()
    }

    private static let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    func retention(age: Duration = .seconds(400 * 86_400), size: Int64 = 1 << 40) -> Retention {
        Retention(
            inventory: inventory,
            policy: RetentionPolicy(age: age, size: size),
            time: clock,
            logger: Self.silent
        )
    }

    /// How many links are listed now.
    var links: Int? { inventory.fleet.current(at: clock.now()).cluster(BulkHistory.cluster)?.links.count }

    var usedBytes: Int64 {
        get throws {
            try Int64(value("SELECT page_count - freelist_count FROM pragma_page_count, pragma_freelist_count")) * 4096
        }
    }

    func value(_ sql: String) throws -> Int {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { try Int.fetchOne($0, sql: sql) ?? 0 }
    }

    func execute(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }
}

extension DatabaseQueue {
    fileprivate func vacuum(from setting: String) async throws {
        try await writeWithoutTransaction { db in try db.execute(sql: "\(setting); VACUUM") }
    }
}
