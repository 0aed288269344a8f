import ClusterLinks
import Foundation
import GRDB
import Locking
import Testing

@testable import Inventory

/// What a backup is: one moment of a database that may be written all the while, in one file.
struct InventoryBackupTests {
    @Test func aWriterThatCommitsBetweenAllPagesNeitherWaitsNorShowsInTheCopy() async throws {
        try await BackupFixture.with { fixture in
            try await fixture.inventory.life { _ in
                let before = try BackupFixture.contents(fixture.source)
                var configuration = Configuration()
                configuration.busyMode = .immediateError
                let writer = try DatabaseQueue(path: fixture.source, configuration: configuration)
                let commits = Locked(0)
                let failures = Locked<[String]>([])
                let finished = try await fixture.backUp(pagesPerStep: 1) { progress in
                    guard case .copying = progress else { return }
                    do {
                        try writer.write { db in
                            try db.execute(sql: "UPDATE links SET link_name = link_name || 'x'")
                        }
                        commits.withLock { $0 += 1 }
                    } catch {
                        failures.withLock { $0.append("\(error)") }
                    }
                }
                #expect(failures.withLock(\.self) == [])
                // As many steps as pages: no commit made it begin anew.
                #expect(commits.withLock(\.self) == Int(finished.bytes / 4096))
                #expect(commits.withLock(\.self) > 50)
                #expect(try BackupFixture.contents(fixture.destination) == before)
                try writer.close()
                #expect(try BackupFixture.contents(fixture.source) != before)
            }
        }
    }

    @Test func aBackupIsOneFileThatOnlyItsOwnerReads() async throws {
        try await BackupFixture.with { fixture in
            let finished = try await fixture.backUp()
            #expect(try fixture.files == ["linkwatch.db", "linkwatch.db.lock", "backup.db"])
            let attributes = try FileManager.default.attributesOfItem(atPath: finished.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(attributes[.size] as? Int == Int(finished.bytes))
            // The header's two versions are 1 where no log is asked for (https://sqlite.org/fileformat2.html).
            let header = try Data(contentsOf: URL(filePath: finished.path)).prefix(20)
            #expect(Array(header.suffix(2)) == [1, 1])
            #expect(try BackupFixture.contents(finished.path) == BackupFixture.contents(fixture.source))
        }
    }

    @Test func aServiceStartsOnABackup() async throws {
        try await BackupFixture.with { fixture in
            try await fixture.backUp()
            let restored = InventoryFixture(path: fixture.destination, clock: fixture.inventory.clock)
            try await restored.life { inventory in
                #expect(inventory.fleet.current(at: restored.clock.now()).sequence == 400)
                let facts = try inventory.database.facts()
                #expect(facts.journalMode == "wal")
            }
        }
    }

    @Test func aDatabaseAtRestIsCopiedWithoutATraceBesideIt() async throws {
        try await BackupFixture.with { fixture in
            let elsewhere = fixture.folder.appending(path: "elsewhere")
            try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
            let (files, mark) = (try fixture.files, try FileMark(path: fixture.source))
            let seen = Locked<Set<String>>([])
            let backup = InventoryBackup(of: fixture.source, to: elsewhere.appending(path: "backup.db").path)
            _ = try await backup.run { _ in seen.withLock { $0.formUnion((try? fixture.files) ?? []) } }
            #expect(seen.withLock(\.self) == files)
            #expect(try FileMark(path: fixture.source) == mark)
        }
    }

    @Test func aServiceThatStartsWhileAFileAtRestIsCopiedIsNoticedAndCopiedAnew() async throws {
        try await BackupFixture.with { fixture in
            let service = Locked<InventoryDatabase?>(nil)
            let beginnings = Locked(0)
            try await fixture.backUp(pagesPerStep: 1) { progress in
                guard case .copying(4096, _) = progress else { return }
                beginnings.withLock { $0 += 1 }
                service.withLock { if $0 == nil { $0 = try? InventoryDatabase(path: fixture.source) } }
            }
            #expect(beginnings.withLock(\.self) == 2)
            #expect(try BackupFixture.contents(fixture.destination) == BackupFixture.contents(fixture.source))
            try service.withLock(\.self)?.close()
        }
    }

    @Test func whatAKilledServiceLeftInItsLogIsInTheBackup() async throws {
        try await withTemporaryFolder { folder in
            let fixture = BackupFixture(folder: folder)
            let served = try await Victim.killed(after: 40, "record", fixture.source)
            try #require(try fixture.files.contains("linkwatch.db-wal"))
            try await fixture.backUp()
            let copy = try DatabaseQueue(path: fixture.destination)
            let versions = try await copy.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM versions") }
            #expect((versions ?? 0) >= served.count)
            #expect(try StoredInvariants(copy).violations == [])
            try copy.close()
        }
    }

    @Test func anOlderBackupIsReplacedInOneStep() async throws {
        try await BackupFixture.with { fixture in
            #expect(try await fixture.backUp().isReplacement == false)
            let old = try FileMark(path: fixture.destination)
            let reader = try #require(FileHandle(forReadingAtPath: fixture.destination))
            try await fixture.inventory.life { inventory in
                _ = try await inventory.list([], at: Instant(milliseconds: 1_900_000_000_000))
            }
            #expect(try await fixture.backUp { _ in _ = try? FileMark(path: fixture.destination) }.isReplacement)
            #expect(try FileMark(path: fixture.destination).isSameFile(as: old) == false)
            // Who had the old one open has all of it.
            #expect(try reader.readToEnd()?.count == Int(old.size))
            #expect(try BackupFixture.contents(fixture.destination) == BackupFixture.contents(fixture.source))
        }
    }

    @Test func aLinkToTheLatestBackupStaysALink() async throws {
        try await BackupFixture.with { fixture in
            let target = fixture.folder.appending(path: "kept.db").path
            try Data().write(to: URL(filePath: target))
            try FileManager.default.createSymbolicLink(
                atPath: fixture.destination,
                withDestinationPath: "kept.db"
            )
            try await fixture.backUp()
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: fixture.destination) == "kept.db")
            #expect(try BackupFixture.contents(target) == BackupFixture.contents(fixture.source))
        }
    }

    @Test func whatAKilledBackupLeftIsTakenOver() async throws {
        try await BackupFixture.with { fixture in
            let left = URL(filePath: fixture.destination + ".partial")
            try Data(repeating: 0x5A, count: 2_000_000).write(to: left)
            try await fixture.backUp()
            #expect(try fixture.files == ["linkwatch.db", "linkwatch.db.lock", "backup.db"])
            #expect(try BackupFixture.contents(fixture.destination) == BackupFixture.contents(fixture.source))
        }
    }

    @Test func progressRunsFromTheFirstByteToTheLast() async throws {
        try await BackupFixture.with { fixture in
            let told = Locked<[BackupProgress]>([])
            let finished = try await fixture.backUp { progress in told.withLock { $0.append(progress) } }
            let all = told.withLock(\.self)
            #expect(all.suffix(3) == [.copying(finished.bytes, of: finished.bytes), .checking, .flushing])
            #expect(all.first == .copying(16 * 4096, of: finished.bytes))
        }
    }
}
