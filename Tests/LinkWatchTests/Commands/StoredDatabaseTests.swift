import ConfluentSimulator
import ExactJSON
import Foundation
import GRDB
import Testing

@testable import LinkWatch

/// Questions to the file of a service that does not run.
@Suite(.timeLimit(.minutes(2)))
struct StoredDatabaseTests {
    /// The names and bytes of what lies in a folder.
    private func contents(of folder: String) throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            contents[name] = FileManager.default.contents(atPath: folder + name)
        }
        return contents
    }

    @Test func `a file is asked as its service was, and stays as it is`() async throws {
        try await withTemporaryFolder { kept in
            let database = kept + "backup.db"
            var asked: [[String]: JSONValue] = [:]
            var link = LinkAddress("", "")
            try await AskedService.with { service in
                link = service.simulator.address(link: 0)
                for arguments in questions(link) {
                    let answer = try await service.run(arguments + ["--output", "json"])
                    asked[arguments] = try JSONValue(parsing: answer.output)
                }
                let refused = try await service.run(["links", "--database", service.folder + "linkwatch.db"])
                #expect(refused.ending == .exit(1) && refused.output.isEmpty)
                #expect(refused.errors.contains("a service runs on") && refused.errors.contains("--url"))
                #expect(try await service.run("backup", database).ending == .exit(0))
            }
            let before = try contents(of: kept)
            for arguments in questions(link) {
                let stored = try await runLinkWatch(arguments + ["--database", database, "--output", "json"])
                #expect(stored.ending == .exit(0), "\(arguments): \(stored.errors)")
                #expect(stored.errors.isEmpty)
                #expect(try JSONValue(parsing: stored.output).rows == asked[arguments]?.rows, "\(arguments)")
            }
            let table = try await runLinkWatch("links", "--database", database, "--health", "error")
            #expect(
                table.output.contains("TIMEOUT_ERROR") && table.output.contains("the last that \(database) tells of")
            )
            let status = try await runLinkWatch("status", "--database", database)
            #expect(status.ending == .exit(0), "\(status.errors)")
            #expect(status.output.contains("8: ") && status.output.contains("as of "), "\(status.output)")
            #expect(!status.output.contains("ready") && !status.output.contains("configuration"))
            let mistaken = try await runLinkWatch("history", "orders-eu", link.linkName + "x", "--database", database)
            #expect(mistaken.ending == .exit(1) && mistaken.errors.contains("did you mean \(link.linkName)?"))
            #expect(try contents(of: kept) == before)
        }
    }

    private func questions(_ link: LinkAddress) -> [[String]] {
        [
            ["links"], ["history", "orders-eu", link.linkName], ["incidents"], ["alerts", "--kind", "link_error"],
            ["changes"],
            ["changes", "--after", "3"], ["silence"],
        ]
    }

    @Test func `a file of another version or of nobody is told`() async throws {
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../InventoryTests/Fixtures"
        )
        try await withTemporaryFolder { folder in
            let old = folder + "old.db"
            try FileManager.default.copyItem(at: fixtures.appending(path: "schema-4.db"), to: URL(filePath: old))
            try write("no database", to: folder + "text.db")
            let before = try contents(of: folder)
            for (file, sentence) in [
                (old, "was written by an older linkwatch and lacks 5 peers: start the service on it once"),
                (folder + "text.db", "is no database"), (folder + "missing.db", "there is no file"),
                (folder, "is no ordinary file"),
            ] {
                let result = try await runLinkWatch("links", "--database", file)
                #expect(result.ending == .exit(1) && result.output.isEmpty)
                #expect(
                    result.errors.contains(sentence) && result.errors.split(separator: "\n").count == 1,
                    "\(result.errors)"
                )
            }
            #expect(try contents(of: folder) == before)
            let newer = try DatabaseQueue(path: old)
            try await newer.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 later')") }
            try newer.close()
            #expect(try await runLinkWatch("links", "--database", old).errors.contains("by a newer linkwatch"))
        }
    }

    @Test func `a file that a killed service left is read with its log`() async throws {
        try await withUpstream(clusters: 1, links: 3) { simulator, base in
            try await withTemporaryFolder { folder in
                let path = folder + "linkwatch.yaml"
                try write(
                    """
                    listen: unix:\(folder)http.sock
                    database: \(folder)linkwatch.db
                    poll: { interval: 1h, timeout: 1s }
                    clusters: [{ id: \(simulator.fleet.clusterIDs[0]), endpoint: '\(base)' }]

                    """,
                    to: path
                )
                try await withLinkWatch("serve", "--config", path) { process in
                    _ = try #require(await process.text(after: "http.address=", on: .error))
                    var seen = 0
                    while seen < 3 {
                        let links = try await runLinkWatch(
                            "links",
                            "--url",
                            "unix:\(folder)http.sock",
                            "--output",
                            "json"
                        )
                        seen = links.ending == .exit(0) ? try JSONValue(parsing: links.output).rows.count : 0
                    }
                    process.send(SIGKILL)
                    await process.end()
                }
                let size = try FileManager.default.attributesOfItem(atPath: folder + "linkwatch.db-wal")[.size] as? Int
                #expect(size ?? 0 > 0, "there is a log to be read")
                let before = FileManager.default.contents(atPath: folder + "linkwatch.db")
                let links = try await runLinkWatch("links", "--database", folder + "linkwatch.db", "--output", "json")
                #expect(links.ending == .exit(0), "\(links.errors)")
                #expect(try JSONValue(parsing: links.output).rows.count == 3)
                #expect(FileManager.default.contents(atPath: folder + "linkwatch.db") == before)
            }
        }
    }
}
