import ClusterLinks
import Foundation
import GRDB

@testable import Inventory

/// A sound database with everything in it that a rule is about, and copies of it that are broken on purpose.
struct VerificationFixture {
    let folder: URL

    var path: String { folder.appending(path: "linkwatch.db").path }

    /// Made once: the past that the fixtures of released schemas hold, in today's.
    private static let sound = Task {
        try await withTemporaryFolder(isVolatile: true) { folder in
            let path = folder.appending(path: "linkwatch.db").path
            _ = try await FixtureHistory.write(to: path)
            // So that no page is free, and may hold anything.
            let file = try DatabaseQueue(path: path)
            try await file.writeWithoutTransaction { try $0.execute(sql: "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)") }
            try file.close()
            return try Data(contentsOf: URL(filePath: path))
        }
    }

    static func with(_ body: (VerificationFixture) async throws -> Void) async throws {
        let data = try await sound.value
        try await withTemporaryFolder(isVolatile: true) { folder in
            let fixture = VerificationFixture(folder: folder)
            try data.write(to: URL(filePath: fixture.path))
            try await body(fixture)
        }
    }

    /// Runs statements that no service would, and leaves no log.
    func execute(_ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let file = try DatabaseQueue(path: path, configuration: configuration)
        try file.writeWithoutTransaction { db in try db.execute(sql: sql) }
        try file.close()
    }

    func verify() async throws -> VerificationReport { try await InventoryVerifier(of: path).run() }

    var files: Set<String> {
        get throws { Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)) }
    }
}
