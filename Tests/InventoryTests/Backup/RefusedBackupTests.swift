import ClusterLinks
import Foundation
import GRDB
import Locking
import Testing

@testable import Inventory

/// When there is no backup: why, and that everything is as it was.
struct RefusedBackupTests {
    @Test func aSourceThatIsNoDatabaseOfOursIsNamedWithTheReason() async throws {
        try await BackupFixture.with { fixture in
            let folder = fixture.folder
            func path(_ name: String) -> String { folder.appending(path: name).path }
            try Data().write(to: URL(filePath: path("empty.db")))
            try Data(repeating: 0x41, count: 5000).write(to: URL(filePath: path("text.db")))
            let foreign = try DatabaseQueue(path: path("foreign.db"))
            try await foreign.write { try $0.execute(sql: "CREATE TABLE t (a)") }
            try foreign.close()
            let whole = try Data(contentsOf: URL(filePath: fixture.source))
            try whole.prefix(whole.count / 2).write(to: URL(filePath: path("half.db")))
            let before = try fixture.files
            for (name, reason) in [
                ("missing.db", "there is no file"), ("", "no ordinary file"), ("empty.db", "it is empty"),
                ("text.db", "file is not a database"), ("foreign.db", "no database of linkwatch's"),
                ("half.db", "malformed"),
            ] {
                let refusal = await fixture.refusal(of: path(name))
                #expect(refusal?.contains(reason) == true, "\(name): \(refusal ?? "")")
                #expect(refusal?.contains(path(name)) == true)
                #expect(try fixture.files == before)
            }
        }
    }

    @Test func theDatabaseItselfIsNoDestinationByAnyName() async throws {
        try await BackupFixture.with { fixture in
            let link = fixture.folder.appending(path: "link.db").path
            let hardLink = fixture.folder.appending(path: "hard.db").path
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "linkwatch.db")
            try FileManager.default.linkItem(atPath: fixture.source, toPath: hardLink)
            let mark = try FileMark(path: fixture.source)
            for path in [
                fixture.source, link, hardLink, fixture.folder.path + "/./linkwatch.db", fixture.source + "-wal",
                fixture.source + "-shm", fixture.source + "-journal", fixture.source + ".lock",
            ] {
                #expect(await fixture.refusal(to: path)?.contains("is the database") == true, "\(path)")
            }
            #expect(await fixture.refusal(of: link, to: fixture.source)?.contains("is the database") == true)
            #expect(try FileMark(path: fixture.source) == mark)
            #expect(try fixture.files == ["linkwatch.db", "linkwatch.db.lock", "link.db", "hard.db"])
        }
    }

    @Test func whatIsNoBackupIsNotReplaced() async throws {
        try await BackupFixture.with { fixture in
            let notes = fixture.folder.appending(path: "notes.txt").path
            try Data("by hand".utf8).write(to: URL(filePath: notes))
            #expect(await fixture.refusal(to: notes)?.contains("not replaced") == true)
            #expect(try Data(contentsOf: URL(filePath: notes)) == Data("by hand".utf8))
            #expect(await fixture.refusal(to: fixture.folder.path)?.contains("is a folder") == true)
            #expect(await fixture.refusal(to: "/dev/null")?.contains("no ordinary file") == true)
            let nowhere = fixture.folder.appending(path: "nowhere/backup.db").path
            #expect(await fixture.refusal(to: nowhere)?.contains("No such file or directory") == true)
            #expect(try fixture.files == ["linkwatch.db", "linkwatch.db.lock", "notes.txt"])
        }
    }

    @Test func aDatabaseThatAServiceRunsOnIsNotReplaced() async throws {
        try await BackupFixture.with { fixture in
            let other = InventoryFixture(path: fixture.destination, clock: HandClock())
            try await other.life { _ in
                #expect(await fixture.refusal()?.contains("-wal beside it") == true)
            }
            try await other.life { #expect($0.fleet.current(at: other.clock.now()).sequence == 0) }
        }
    }

    @Test func aSecondBackupToTheSameFileWaitsForNobody() async throws {
        try await BackupFixture.with { fixture in
            let (checks, continuation) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup { group in
                let isReady = DispatchSemaphore(value: 0)
                group.addTask {
                    try await fixture.backUp(pagesPerStep: 1_000_000) { progress in
                        guard case .checking = progress else { return }
                        continuation.yield()
                        isReady.wait()
                    }
                }
                for await _ in checks { break }
                #expect(await fixture.refusal()?.contains("under way") == true)
                isReady.signal()
                try await group.waitForAll()
            }
            #expect(try fixture.files == ["linkwatch.db", "linkwatch.db.lock", "backup.db"])
        }
    }

    @Test func aDamagedDatabaseIsNotKeptAsABackup() async throws {
        try await BackupFixture.with { fixture in
            try await fixture.backUp()
            let good = try Data(contentsOf: URL(filePath: fixture.destination))
            let file = try #require(FileHandle(forUpdatingAtPath: fixture.source))
            // The kind of a page in the middle: a tree that leads nowhere.
            try file.seek(toOffset: 4096 * 40)
            try file.write(contentsOf: Data(repeating: 0xFF, count: 600))
            try file.close()
            let refusal = await fixture.refusal()
            #expect(refusal?.contains("does not pass SQLite's check") == true, "\(refusal ?? "")")
            #expect(try Data(contentsOf: URL(filePath: fixture.destination)) == good)
            #expect(try fixture.files == ["linkwatch.db", "linkwatch.db.lock", "backup.db"])
        }
    }

    @Test(arguments: [0, 1]) func aBackupThatIsGivenUpLeavesNothing(atCheck: Int) async throws {
        try await BackupFixture.with { fixture in
            let isKnown = DispatchSemaphore(value: 0)
            let known = Locked<Task<FinishedBackup, any Error>?>(nil)
            let backup = Task {
                try await fixture.backUp(pagesPerStep: 1) { progress in
                    switch progress {
                    case .copying(4096, _) where atCheck == 0, .checking where atCheck == 1:
                        isKnown.wait()
                        known.withLock { $0?.cancel() }
                    default: break
                    }
                }
            }
            known.withLock { $0 = backup }
            isKnown.signal()
            let error = await #expect(throws: BackupError.self) { try await backup.value }
            #expect(error?.description == "the backup was given up")
            let files = try fixture.files
            #expect(files == ["linkwatch.db", "linkwatch.db.lock"])
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "file systems cannot be mounted here"))
    func aFullDiskIsToldWithTheSpaceThatIsNeeded() async throws {
        try await BackupFixture.with { fixture in
            try await SmallDisk.with { disk in
                let path = disk.appending(path: "backup.db").path
                try SmallDisk.fill(disk.appending(path: "ballast"))
                let refusal = await fixture.refusal(to: path)
                let size = try FileMark(path: fixture.source).size
                #expect(refusal?.contains("is full: \(size) bytes are needed") == true, "\(refusal ?? "")")
                #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["ballast"])
            }
        }
    }
}
