import Foundation
import GRDB
import NaiveInventory
import Testing

@testable import Inventory

/// Files that are no sound database, or none at all: each is told with its reason, and none ends the process.
struct UnreadableFileTests {
    @Test func whatIsNoDatabaseOfOursIsToldWithItsReason() async throws {
        try await VerificationFixture.with { fixture in
            func path(_ name: String) -> String { fixture.folder.appending(path: name).path }
            try Data().write(to: URL(filePath: path("empty.db")))
            try Data("listen: 127.0.0.1:8080\n".utf8).write(to: URL(filePath: path("text.db")))
            let foreign = try DatabaseQueue(path: path("foreign.db"))
            try await foreign.write { try $0.execute(sql: "CREATE TABLE t (a); PRAGMA application_id = 7") }
            try foreign.close()
            let before = try fixture.files
            for (name, reason) in [
                ("missing.db", "there is no file"), ("", "no ordinary file"), ("empty.db", "it is empty"),
                ("text.db", "file is not a database"), ("foreign.db", "application_id 7 instead of"),
            ] {
                let error = await #expect(throws: InventoryFileError.self) {
                    try await InventoryVerifier(of: path(name)).run()
                }
                #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
                #expect(error?.description.contains(path(name)) == true)
            }
            #expect(try fixture.files == before)
        }
    }

    @Test(arguments: [1, 17, 33, 50, 66, 83, 99]) func aCutOffFileIsNeverSound(percent: Int) async throws {
        try await VerificationFixture.with { fixture in
            let whole = try Data(contentsOf: URL(filePath: fixture.path))
            try whole.prefix(whole.count * percent / 100).write(to: URL(filePath: fixture.path))
            do {
                #expect(try await !fixture.verify().isSound)
            } catch let error as InventoryFileError {
                #expect(
                    error.description.contains("malformed") || error.description.contains("no database"),
                    "\(error)"
                )
            }
        }
    }

    /// Of a small file most bytes are of no use to anyone, and may be what they like.
    @Test(arguments: 0..<8) func aFlippedByteIsReportedAndEndsNothing(shard: Int) async throws {
        try await VerificationFixture.with { fixture in
            var random = SeededGenerator(seed: shard)
            let whole = try Data(contentsOf: URL(filePath: fixture.path))
            var reported = 0
            for _ in 0..<60 {
                var broken = whole
                let position = Int.random(in: 0..<broken.count, using: &random)
                broken[position] ^= UInt8.random(in: 1...255, using: &random)
                try broken.write(to: URL(filePath: fixture.path))
                do {
                    reported += try await fixture.verify().isSound ? 0 : 1
                } catch is InventoryFileError {
                    reported += 1
                }
            }
            #expect(reported > 0)
        }
    }

    @Test func aFlippedByteOfAContentIsAlwaysReported() async throws {
        try await VerificationFixture.with { fixture in
            let whole = try Data(contentsOf: URL(filePath: fixture.path))
            let mark = Data(#""link_name":""#.utf8)
            var places: [Data.Index] = []
            while let found = whole.range(
                of: mark,
                in: (places.last.map { $0 + 1 } ?? whole.startIndex)..<whole.endIndex
            ) {
                places.append(found.lowerBound)
            }
            // Ghosts have no name, and are no documents.
            places.removeAll { whole[$0 + mark.count] == UInt8(ascii: "\"") }
            #expect(places.count > 20)
            for place in stride(from: 0, to: places.count, by: 5).map({ places[$0] }) {
                var broken = whole
                broken[place + 3] ^= 1
                try broken.write(to: URL(filePath: fixture.path))
                #expect(try await fixture.verify().findings.contains { $0.kind == .document }, "\(place)")
            }
        }
    }

    @Test func everyPageThatIsOverwrittenIsReported() async throws {
        try await VerificationFixture.with { fixture in
            let whole = try Data(contentsOf: URL(filePath: fixture.path))
            for page in stride(from: 1, to: whole.count / 4096, by: 7) {
                var broken = whole
                broken.replaceSubrange(page * 4096..<(page + 1) * 4096, with: Data(repeating: 0x5A, count: 4096))
                try broken.write(to: URL(filePath: fixture.path))
                do {
                    #expect(try await !fixture.verify().isSound, "page \(page + 1)")
                } catch is InventoryFileError {
                    continue
                }
            }
        }
    }
}
