import ClusterLinks
import Foundation
import GRDB
import Logging
import Testing

@testable import Inventory

/// Which files the inventory takes, and in what state it runs on them.
struct OpeningTests {
    @Test func aSecondInstanceIsRefusedUntilTheFirstHasClosed() async throws {
        try await withPath { path in
            let first = try InventoryDatabase(path: path)
            let refusal = #expect(throws: InventoryError.self) { try InventoryDatabase(path: path) }
            #expect(refusal?.description.contains("in use by process \(getpid())") == true)
            try first.close()
            try InventoryDatabase(path: path).close()
        }
    }

    @Test func aSecondInstanceIsRefusedByAnotherNameOfTheFileToo() async throws {
        try await withPath { path in
            let first = try InventoryDatabase(path: path)
            try FileManager.default.createSymbolicLink(atPath: path + ".other", withDestinationPath: path)
            let refusal = #expect(throws: InventoryError.self) { try InventoryDatabase(path: path + ".other") }
            #expect(refusal?.description.contains("in use by process") == true)
            try first.close()
        }
    }

    @Test func aRefusedSecondInstanceClosesNoFileOfOthers() async throws {
        try await withPath { path in
            let first = try InventoryDatabase(path: path)
            for _ in 0..<20 {
                _ = try? InventoryDatabase(path: path)
                // Takes the number that a descriptor closed twice would give up for the second time.
                let handle = try #require(FileHandle(forReadingAtPath: path))
                _ = try? InventoryDatabase(path: path)
                #expect(try handle.read(upToCount: 6) == Data("SQLite".utf8))
            }
            try first.close()
        }
    }

    @Test(arguments: [0, 0x4750_4B47])
    func anotherProgramsDatabaseIsRefusedAndLeftAlone(applicationID: Int) async throws {
        try await withPath { path in
            let foreign = try DatabaseQueue(path: path)
            try await foreign.write { db in
                try db.execute(sql: "PRAGMA application_id = \(applicationID); CREATE TABLE features (id INTEGER)")
            }
            try foreign.close()
            let before = try Data(contentsOf: URL(filePath: path))
            let refusal = #expect(throws: InventoryError.self) { try InventoryDatabase(path: path) }
            #expect(refusal?.description.contains("belongs to another program") == true)
            #expect(try Data(contentsOf: URL(filePath: path)) == before)
        }
    }

    @Test func whatIsNoDatabaseIsRefusedAndLeftAlone() async throws {
        try await withPath { path in
            let text = Data(String(repeating: "listen: 127.0.0.1:8080\n", count: 100).utf8)
            try text.write(to: URL(filePath: path))
            let refusal = #expect(throws: InventoryError.self) { try InventoryDatabase(path: path) }
            #expect(refusal?.description.contains("file is not a database") == true)
            #expect(try Data(contentsOf: URL(filePath: path)) == text)
        }
    }

    @Test func aLaterVersionsDatabaseIsRefused() async throws {
        try await withPath { path in
            try InventoryDatabase(path: path).close()
            let later = try DatabaseQueue(path: path)
            try await later.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999 what is to come')") }
            try later.close()
            let refusal = #expect(throws: InventoryError.self) { try InventoryDatabase(path: path) }
            #expect(refusal?.description.contains("newer linkwatch") == true)
        }
    }

    @Test func aFirstStartThatWasCutOffIsTakenUp() async throws {
        try await withPath { path in
            let cutOff = try DatabaseQueue(path: path)
            try await cutOff.write { db in
                try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
            }
            try cutOff.close()
            let database = try InventoryDatabase(path: path)
            #expect(try database.facts().schema == ["1 inventory", "2 spans", "3 messages", "4 alerts", "5 peers"])
            try database.close()
        }
    }

    @Test func aFolderThatIsNotThereIsNamedWithWhatToCheck() async throws {
        try await withPath { path in
            let refusal = #expect(throws: InventoryError.self) { try InventoryDatabase(path: path + "/inside.db") }
            let text = try #require(refusal?.description)
            #expect(
                text.contains("\(path)/inside.db") && text.contains("No such file")
                    && text.contains("its folder exists")
            )
        }
    }

    @Test func aFolderThatCannotBeWrittenIsNamedWithWhatToCheck() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
            // Permissions do not bind root, but not even root makes files in sysfs.
            let path = geteuid() == 0 ? "/sys/kernel/test.db" : folder.appending(path: "test.db").path
            let refusal = #expect(throws: InventoryError.self) { try InventoryDatabase(path: path) }
            let text = try #require(refusal?.description)
            #expect(["Permission denied", "not permitted", "Read-only"].contains { text.contains($0) })
            #expect(text.contains(path) && text.contains("can be written"))
        }
    }

    @Test func theRunningWriterIsFullyDurableAndLeavesNoSpaceUnused() async throws {
        try await withPath { path in
            let database = try InventoryDatabase(path: path)
            let inventory = try InventoryStore(database: database, time: HandClock(), logger: Logger(label: "test"))
            await inventory.configure([ClusterDescription(id: InventoryFixture.cluster)])
            try await inventory.list([item("orders")], at: HandClock().now())
            let facts = try database.facts()
            #expect(facts.synchronous == 2)
            #expect(facts.journalMode == "wal")
            #expect(try await DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "PRAGMA auto_vacuum") } == 2)
            #expect(database.sizes().log > 0)
            try await inventory.close()
            #expect(database.sizes().log == 0)
        }
    }

    @Test func aClosedInventoryIsOneFileAndItsLock() async throws {
        try await InventoryFixture.with { fixture in
            try await fixture.life { inventory in
                try await inventory.list([item("orders")], at: fixture.clock.now())
                // Also where there is a reader, which is closed after the writer.
                #expect(try await inventory.history.knows(Self.orders))
            }
            let folder = URL(filePath: fixture.path).deletingLastPathComponent().path
            #expect(try Set(FileManager.default.contentsOfDirectory(atPath: folder)) == ["test.db", "test.db.lock"])
            let isKnown = try await fixture.life { try await $0.history.knows(Self.orders) }
            #expect(isKnown)
        }
    }

    @Test func closingDoesNotWaitForWhoReadsTheFileFromOutside() async throws {
        try await InventoryFixture.with { fixture in
            try await fixture.life { _ in }
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let reader = try DatabaseQueue(path: fixture.path, configuration: configuration)
            let sum = "SELECT count(*) FROM links"
            try await reader.writeWithoutTransaction { db in
                try db.execute(sql: "BEGIN")
                #expect(try Int.fetchOne(db, sql: sum) == 0)
            }
            let inventory = try InventoryStore(
                database: InventoryDatabase(path: fixture.path),
                time: fixture.clock,
                logger: Logger(label: "test")
            )
            await inventory.configure([ClusterDescription(id: InventoryFixture.cluster)])
            try await inventory.list([item("orders")], at: fixture.clock.now())
            let duration = try await ContinuousClock().measure { try await inventory.close() }
            #expect(duration < .seconds(4))
            try await reader.writeWithoutTransaction { db in
                #expect(try Int.fetchOne(db, sql: sum) == 0)
                try db.execute(sql: "COMMIT")
                #expect(try Int.fetchOne(db, sql: sum) == 1)
            }
            try reader.close()
        }
    }

    @Test func aFileThatWasTakenAwayIsNotMadeAnewByClosing() async throws {
        try await withPath { path in
            let database = try InventoryDatabase(path: path)
            try FileManager.default.removeItem(atPath: path)
            try database.close()
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func aLogThatGrewIsCutByTheNextCommit() async throws {
        try await withTemporaryFolder(isVolatile: true) { folder in
            let database = try InventoryDatabase(path: folder.appending(path: "test.db").path)
            try await database.pool.write { db in
                try db.execute(sql: "CREATE TABLE ballast (bytes BLOB)")
                try db.execute(sql: "INSERT INTO ballast VALUES (zeroblob(70000000))")
            }
            #expect(database.sizes().log > 70_000_000)
            try await database.pool.write { try $0.execute(sql: "INSERT INTO ballast VALUES (NULL)") }
            #expect(database.sizes().log <= 64 << 20)
            try database.close()
        }
    }

    private static let orders = History.LinkSelection(cluster: InventoryFixture.cluster, name: "orders")

    private func withPath(_ body: (String) async throws -> Void) async throws {
        try await withTemporaryFolder { try await body($0.appending(path: "test.db").path) }
    }
}
