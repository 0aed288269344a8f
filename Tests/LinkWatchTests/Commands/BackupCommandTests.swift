import ConfluentSimulator
import ExactJSON
import Foundation
import GRDB
import Testing

@testable import LinkWatch

/// `backup` and `verify` as processes: beside a running service, at any signal, and on what cannot be copied or read.
@Suite(.timeLimit(.minutes(3)))
struct BackupCommandTests {
    private func withService(_ body: (SimulatorControl, LinkWatchProcess, String) async throws -> Void) async throws {
        try await withUpstream(clusters: 2) { simulator, base in
            try await withTemporaryFolder { folder in
                let clusters = simulator.fleet.clusterIDs.map { "  - { id: \($0), endpoint: \(base) }" }
                try write(
                    """
                    listen: 127.0.0.1:0
                    database: \(folder)linkwatch.db
                    poll: { interval: 100ms, timeout: 100ms }
                    clusters:
                    \(clusters.joined(separator: "\n"))

                    """,
                    to: folder + "linkwatch.yaml"
                )
                try await withLinkWatch("serve", "--config", folder + "linkwatch.yaml") { service in
                    _ = try #require(await service.text(after: "http.address=", on: .error), "\(service.errors)")
                    for id in simulator.fleet.clusterIDs { try await simulator.waitForRequests(of: id, atLeast: 2) }
                    try await body(simulator, service, folder)
                }
            }
        }
    }

    /// Makes a database that is at rest, with so much ballast that copying it takes a while.
    private func withDatabase(megabytes: Int = 0, _ body: (String) async throws -> Void) async throws {
        try await withService { _, service, folder in
            service.send(SIGTERM)
            #expect(await service.end() == .exit(0))
            let file = try DatabaseQueue(path: folder + "linkwatch.db")
            try await file.write { db in
                try db.execute(sql: "CREATE TABLE ballast (weight BLOB)")
                for _ in 0..<megabytes { try db.execute(sql: "INSERT INTO ballast VALUES (zeroblob(1000000))") }
            }
            try file.close()
            try await body(folder)
        }
    }

    @Test func `a running service is backed up and verified beside it`() async throws {
        try await withService { simulator, service, folder in
            let database = folder + "linkwatch.db"
            for round in 1...2 {
                let backup = try await runLinkWatch("backup", "--database", database, folder + "backup.db")
                #expect(backup.ending == .exit(0), "\(backup.errors)")
                #expect(backup.output.contains("backup.db: \(round == 1 ? "written" : "replaced"), "))
                #expect(backup.errors.isEmpty)
            }
            for path in [database, folder + "backup.db"] {
                let verification = try await runLinkWatch("verify", path)
                #expect(verification.ending == .exit(0), "\(verification.errors)")
                #expect(verification.output.hasPrefix("\(path): sound\n"))
                #expect(verification.errors.isEmpty)
            }
            // The service went on meanwhile.
            let id = simulator.fleet.clusterIDs[0]
            try await simulator.waitForRequests(of: id, atLeast: simulator.requests.total(of: id) + 2)
            service.send(SIGTERM)
            #expect(await service.end() == .exit(0))
            let verification = try await runLinkWatch("verify", database, "--output", "json")
            #expect(verification.ending == .exit(0))
            let report = try JSONValue(parsing: verification.output)
            #expect(report["sound"].bool == true && report["findings"].array?.isEmpty == true)
            #expect(report["counts"]["clusters"].int == 2 && report["counts"]["links"].int == 6)
        }
    }

    @Test func `what is broken is told on standard output, for people and for programs`() async throws {
        try await withDatabase { folder in
            let database = folder + "linkwatch.db"
            let file = try DatabaseQueue(path: database)
            try await file.write { db in
                try db.execute(sql: "UPDATE changes SET at = at + 1 WHERE sequence = 3")
                try db.execute(sql: "UPDATE links SET link_name = 'red' || char(27, 10) || '[31m'")
            }
            try file.close()
            let text = try await runLinkWatch("verify", database)
            #expect(text.ending == .exit(1) && text.errors.isEmpty)
            #expect(text.output.contains("change: link red  [31m") && text.output.contains("\(database): 2 findings\n"))
            #expect(!text.output.contains("\u{1B}"))
            let json = try await runLinkWatch("verify", "--output", "json", database)
            #expect(json.ending == .exit(1) && json.errors.isEmpty)
            let report = try JSONValue(parsing: json.output)
            #expect(report["sound"].bool == false && report["finding_counts"]["change"].int == 2)
            #expect(report["findings"].array?.count == 2)
            #expect(report["findings"].array?.contains { $0["sequence"].int == 3 } == true)
        }
    }

    @Test func `what cannot be copied or read is told in one sentence`() async throws {
        try await withTemporaryFolder { folder in
            try write("listen: 127.0.0.1:8080\n", to: folder + "text.db")
            for (source, reason) in [("missing.db", "there is no file"), ("text.db", "is no database")] {
                let backup = try await runLinkWatch("backup", "--database", folder + source, folder + "backup.db")
                #expect(backup.ending == .exit(1) && backup.output.isEmpty)
                #expect(backup.errors.hasPrefix("linkwatch: ") && backup.errors.contains(reason))
                #expect(backup.errors.split(separator: "\n").count == 1)
                let verification = try await runLinkWatch("verify", folder + source)
                #expect(verification.ending == .exit(1) && verification.output.isEmpty)
                #expect(verification.errors == backup.errors)
                let json = try await runLinkWatch("verify", folder + source, "--output", "json")
                #expect(json.ending == .exit(1))
                #expect(try JSONValue(parsing: json.output)["error"].string?.contains(reason) == true)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["text.db"])
        }
    }

    @Test func `a wrong call is a usage error`() async throws {
        for arguments in [
            ["backup"], ["backup", "--database", "a.db"], ["backup", "--database", "", "b.db"],
            ["backup", "--database", "a.db", ""], ["verify", ""], ["verify", "a.db", "--output", "xml"],
        ] {
            let process = try LinkWatchProcess(arguments)
            #expect(await process.end() == .exit(64), "\(arguments)")
        }
    }

    @Test func `a disk that takes no more leaves nothing behind`() async throws {
        try await withDatabase(megabytes: 2) { folder in
            let before = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            let process = try LinkWatchProcess(
                ["backup", "--database", folder + "linkwatch.db", folder + "backup.db"],
                through: ["/bin/sh", "-c", #"trap '' XFSZ; ulimit -f 512; exec "$@""#, "sh"]
            )
            #expect(await process.end() == .exit(1))
            #expect(process.errors.contains("backup.db cannot be written"), "\(process.errors)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == before)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `a signal leaves a whole backup or none`(_ signal: Int32) async throws {
        try await withDatabase(megabytes: 64) { folder in
            let before = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            let arguments = ["backup", "--database", folder + "linkwatch.db", folder + "backup.db"]
            try await with(try LinkWatchProcess(arguments)) { process in
                while !["backup.db.partial", "backup.db"].contains(where: {
                    FileManager.default.fileExists(atPath: folder + $0)
                }) { await Task.yield() }
                process.send(signal)
                let ending = await process.end()
                let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                if ending == .exit(1) {
                    #expect(files == before)
                    #expect(process.errors == "linkwatch: the backup was given up\n")
                } else {
                    // It was faster than the signal.
                    #expect(ending == .exit(0) && files == (before + ["backup.db"]).sorted())
                }
            }
        }
    }
}
