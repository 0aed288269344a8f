import ClusterLinks
import Foundation
import GRDB
import Testing

@testable import Inventory

/// A folder with an inventory's database in it, and where its backup goes.
struct BackupFixture {
    let folder: URL

    var source: String { folder.appending(path: "linkwatch.db").path }
    var destination: String { folder.appending(path: "backup.db").path }
    var inventory: InventoryFixture { InventoryFixture(path: source, clock: HandClock()) }

    /// With a few hundred pages, at rest.
    static func with(isVolatile: Bool = false, _ body: (BackupFixture) async throws -> Void) async throws {
        try await withTemporaryFolder(isVolatile: isVolatile) { folder in
            let fixture = BackupFixture(folder: folder)
            try await fixture.inventory.life { inventory in
                _ = try await inventory.list(
                    (0..<400).map { item("link-\($0)", id: "id-\($0)", error: "E\($0)", message: "\($0)") },
                    at: fixture.inventory.clock.now()
                )
            }
            try await body(fixture)
        }
    }

    /// The names of everything in the folder.
    var files: Set<String> {
        get throws { Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)) }
    }

    @discardableResult
    func backUp(pagesPerStep: Int = 16, _ tell: @escaping @Sendable (BackupProgress) -> Void = { _ in }) async throws
        -> FinishedBackup
    {
        try await InventoryBackup(of: source, to: destination, pagesPerStep: pagesPerStep).run(tell)
    }

    /// Why there was no backup.
    func refusal(of source: String? = nil, to destination: String? = nil) async -> String? {
        let backup = InventoryBackup(of: source ?? self.source, to: destination ?? self.destination)
        let error = await #expect(throws: BackupError.self) { try await backup.run() }
        return error?.description
    }

    /// Every row of every table.
    static func contents(_ path: String) throws -> [String] {
        let file = try DatabaseQueue(path: path)
        defer { try? file.close() }
        return try file.read { db in
            let tables = try String.fetchAll(
                db,
                sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
            )
            return try tables.flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { "\(table) \($0)" }
            }
        }
    }
}
