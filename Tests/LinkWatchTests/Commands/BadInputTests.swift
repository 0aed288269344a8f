import ConfluentSimulator
import CurlHTTP
import ExactJSON
import Foundation
import GRDB
import Testing

@testable import LinkWatch

/// What is wrong on the machine: each thing is one line that names it and what to do, and no stack of errors.
@Suite(.timeLimit(.minutes(2)))
struct BadInputTests {
    /// A place for a database that cannot be used.
    enum Place: String, CaseIterable, Sendable {
        case noFolder, unwritableFolder, noDatabase, newer, readOnlyFile, fullDisk

        /// Makes it, and returns the database's path.
        func make(in folder: String) async throws -> String {
            let path = folder + "place/linkwatch.db"
            guard self != .noFolder else { return path }
            try FileManager.default.createDirectory(atPath: folder + "place", withIntermediateDirectories: true)
            switch self {
            case .noFolder, .unwritableFolder, .fullDisk: break
            case .noDatabase: try write(String(repeating: "no database\n", count: 100), to: path)
            case .newer, .readOnlyFile:
                let database = try DatabaseQueue(path: path)
                try await database.write { db in
                    try db.execute(sql: "PRAGMA application_id = \(0x6C6E_6B77)")
                    try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
                    try db.execute(
                        sql: "INSERT INTO grdb_migrations VALUES (?)",
                        arguments: [self == .newer ? "999 to come" : "1 inventory"]
                    )
                }
                try database.close()
            }
            if self == .readOnlyFile { try setMode(0o444, of: path) }
            if self == .unwritableFolder { try setMode(0o555, of: folder + "place") }
            return path
        }

        private func setMode(_ mode: Int, of path: String) throws {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }

        /// What it is started by: with a disk of its own, and without the right of root to write what it may not.
        func starter(_ folder: String) -> [String] {
            switch self {
            case .fullDisk: BadInputTests.onDisk(of: "64k", at: folder + "place")
            case _ where geteuid() == 0: ["/usr/bin/setpriv", "--bounding-set=-dac_override,-dac_read_search"]
            default: []
            }
        }

        /// What its line says.
        var words: [String] {
            switch self {
            case .noFolder: ["No such file or directory", "check that its folder exists"]
            case .unwritableFolder: ["Permission denied", "can be written by the user that linkwatch runs as"]
            case .noDatabase: ["file is not a database", "name another file under \"database\""]
            case .newer: ["written by a newer linkwatch", "start that version, or restore a backup"]
            case .readOnlyFile: ["readonly database", "let the user that linkwatch runs as write"]
            case .fullDisk: ["free space on the disk that"]
            }
        }
    }

    /// Mounts a small disk over a folder, which only the program sees that is started.
    private static func onDisk(of size: String, at folder: String) -> [String] {
        let script = "mount -t tmpfs -o size=\(size) tmpfs '\(folder)' && exec \"$@\""
        return ["/usr/bin/unshare", "--map-root-user", "--mount", "/bin/sh", "-c", script, "sh"]
    }

    /// Whether this machine lets a test mount anything, which containers and hardened kernels may not.
    private static let canMount: Bool = {
        let starter = onDisk(of: "64k", at: "/mnt")
        let process = Process()
        process.executableURL = URL(filePath: starter[0])
        process.arguments = Array(starter.dropFirst()) + ["/bin/true"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    private func yaml(_ database: String, _ clusters: [String] = ["lkc-1"], _ base: String = "http://127.0.0.1:9")
        -> String
    {
        """
        listen: 127.0.0.1:0
        database: \(database)
        poll: { interval: 1s, timeout: 1s, tasks: false }
        clusters: [\(clusters.map { "{ id: \($0), endpoint: '\(base)' }" }.joined(separator: ", "))]

        """
    }

    @Test(arguments: Place.allCases.filter { $0 != .fullDisk })
    func `a database that cannot be used is one line with what to do`(_ place: Place) async throws {
        try await check(place)
    }

    @Test(.enabled(if: canMount, "file systems cannot be mounted here"))
    func `a disk that is full is one line with what to do`() async throws { try await check(.fullDisk) }

    private func check(_ place: Place) async throws {
        try await withTemporaryFolder { folder in
            let database = try await place.make(in: folder)
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "place") }
            try write(yaml(database), to: folder + "linkwatch.yaml")
            let process = try LinkWatchProcess(
                ["serve", "--config", folder + "linkwatch.yaml"],
                through: place.starter(folder)
            )
            #expect(await process.end() == .exit(1))
            let lines = process.errors.split(separator: "\n")
            #expect(lines.count == 1, "\(process.errors)")
            #expect(lines.first?.hasPrefix("linkwatch: the database \(database) ") == true, "\(process.errors)")
            for word in place.words { #expect(process.errors.contains(word), "\(process.errors)") }
        }
    }

    @Test(.enabled(if: canMount, "file systems cannot be mounted here"))
    func `a disk that fills is told with what to do, and what was polled goes on being served`() async throws {
        try await withUpstream(clusters: 2, links: 600) { simulator, base in
            try await withTemporaryFolder { folder in
                try FileManager.default.createDirectory(atPath: folder + "place", withIntermediateDirectories: true)
                let path = folder + "linkwatch.yaml"
                let database = folder + "place/linkwatch.db"
                try write(yaml(database, simulator.fleet.clusterIDs, base), to: path)
                let process = try LinkWatchProcess(
                    ["serve", "--config", path],
                    through: Self.onDisk(of: "1m", at: folder + "place")
                )
                try await with(process) { process in
                    let address = try #require(
                        await process.text(after: "http.address=", on: .error),
                        "\(process.errors)"
                    )
                    let told = try #require(await process.text(after: "database refuses writes; they wait", on: .error))
                    #expect(
                        told.contains(#"database.remedy="free space on the disk that \#(database) lies on"#),
                        "\(told)"
                    )
                    let curl = CurlClient(userAgent: "tests", maximumConnections: 4)
                    let api = APIClient(curl: curl, base: "http://" + address)
                    try await api.awaitAnswer(to: "/api/v1/clusters") { answer in
                        answer.rows.count { $0["links"]["ok"].int == 600 } == 2
                    }
                    #expect(try await api.get("/api/v1/status")["database"]["durable"].bool == false)
                    // It tries again each second, and says so once an hour.
                    while try await !api.send("GET", "/metrics").text.contains(/database_errors_total ([3-9]|\d\d)/) {
                        await Task.yield()
                    }
                    process.send(SIGTERM)
                    #expect(await process.end() == .exit(0))
                    #expect(process.errors.components(separatedBy: "database refuses writes").count == 2)
                    #expect(process.errors.contains("that is lost"))
                    await curl.shutdown()
                }
            }
        }
    }

    @Test(arguments: [
        (
            "SSL certificate problem: certificate has expired",
            "renew the server's certificate, unless this machine's clock"
        ),
        ("SSL certificate problem: certificate is not yet valid", "set this machine's clock"),
        ("SSL certificate problem: self-signed certificate in certificate chain", "under tls.ca_file"),
        ("SSL certificate problem: unable to get local issuer certificate", "under tls.ca_file"),
        ("SSL: no alternative certificate subject name matches target host name 'a'", "one of the names"),
    ])
    func `a certificate that is refused is told with what to do`(_ words: String, _ remedy: String) {
        let failure = CurlFailure(url: "https://a.example/", code: 60, message: words)
        #expect(CurlHTTPError.tls(failure).explained(at: SystemTime.wall).contains(remedy))
        #expect(!CurlHTTPError.connect(failure).explained(at: SystemTime.wall).contains(remedy))
    }
}
