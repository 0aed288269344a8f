import ConfluentSimulator
import CurlHTTP
import ExactJSON
import Foundation
import GRDB
import Testing

@testable import LinkWatch

/// The command line as a process: what it says, where, and with which status it ends.
@Suite(.timeLimit(.minutes(3)))
struct CommandLineTests {
    private static let secret = "pa55word-that-nobody-may-see"

    private func yaml(_ ids: [String], _ base: String, _ folder: String, listen: String, interval: String) -> String {
        """
        listen: \(listen)
        database: \(folder)linkwatch.db
        poll: { interval: \(interval), timeout: \(interval) }
        clusters:
        \(ids.map { "  - { id: \($0), endpoint: \(base), auth: { basic: { username: key, password: \(Self.secret) } } }" }
            .joined(separator: "\n"))

        """
    }

    /// Lends a fleet and the path of a configuration that watches it.
    private func withConfiguration(
        clusters: Int = 2,
        listen: String = "127.0.0.1:0",
        interval: String = "1s",
        _ body: (SimulatorControl, String, String) async throws -> Void
    ) async throws {
        try await withUpstream(clusters: clusters) { simulator, base in
            try await withTemporaryFolder { folder in
                let path = folder + "linkwatch.yaml"
                try write(yaml(simulator.fleet.clusterIDs, base, folder, listen: listen, interval: interval), to: path)
                try await body(simulator, path, folder)
            }
        }
    }

    @Test(arguments: ["check-config", "serve"])
    func `a wrong configuration is told whole, and nothing is started`(_ command: String) async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "bad.yaml"
            try write(
                """
                listen: 127.0.0.1:0
                database: \(folder)never.db
                pol: { interval: 5s }
                clusters:
                  - { id: lkc-1, endpoint: 'https://a.example', auth: { basic: { username: u, pasword: \(Self.secret) } } }
                  - { id: lkc-1, endpoint: ftp://a.example }
                alerts: { notify: [ { webhook: { url: 'https://a.example', template_file: nowhere.json } } ] }
                """,
                to: path
            )
            let result =
                command == "serve"
                ? try await runLinkWatch(command, "--config", path) : try await runLinkWatch(command, path)
            #expect(result.ending == .exit(78))
            #expect(result.output.isEmpty)
            for problem in [
                "bad.yaml:3:1: pol", "did you mean poll?", "pasword", "ftp", "clusters[1].id",
                "webhook.template_file: cannot read",
            ] {
                #expect(result.errors.contains(problem), "\(problem) in \(result.errors)")
            }
            #expect(!result.errors.contains(Self.secret))
            #expect(!FileManager.default.fileExists(atPath: folder + "never.db"))
        }
    }

    @Test func `a right configuration is ok`() async throws {
        try await withConfiguration { _, path, _ in
            let result = try await runLinkWatch("check-config", path)
            #expect(result.ending == .exit(0))
            #expect(result.output == "\(path): ok, 2 clusters\n")
            let missing = try await runLinkWatch("check-config", path + ".not")
            #expect(missing.ending == .exit(78))
            #expect(missing.errors.contains(path + ".not"))
        }
    }

    @Test func `an option that is not there is a usage error`() async throws {
        let unknown = try await runLinkWatch("serve", "--config", "x.yaml", "--verbos")
        #expect(unknown.ending == .exit(64))
        #expect(unknown.errors.contains("--verbos"))
        #expect(try await runLinkWatch("srve").ending == .exit(64))
        #expect(try await runLinkWatch("demo", "--port", "70000").ending == .exit(64))
    }

    @Test func `SIGTERM ends the service at once and in order`() async throws {
        try await withConfiguration { simulator, path, folder in
            try await withLinkWatch("serve", "--config", path) { process in
                let address = try #require(await process.text(after: "http.address=", on: .error), "\(process.errors)")
                #expect(address.hasPrefix("127.0.0.1:"))
                for id in simulator.fleet.clusterIDs {
                    try await simulator.waitForRequests(of: id, path: "/links", atLeast: 2)
                }
                // A poll in flight is no reason to stay.
                try simulator.inject(SimulatedFault(.delay(.seconds(600))), on: simulator.fleet.clusterIDs[0])
                let seen = simulator.requests.total(of: simulator.fleet.clusterIDs[0])
                try await simulator.waitForRequests(of: simulator.fleet.clusterIDs[0], atLeast: seen + 1)
                let start = ContinuousClock.now
                process.send(SIGTERM)
                #expect(await process.end() == .exit(0))
                #expect(start.duration(to: .now) < .seconds(2))
                #expect(!(process.output + process.errors).contains(Self.secret))
                let log = try? FileManager.default.attributesOfItem(atPath: folder + "linkwatch.db-wal")
                #expect(log?[.size] as? Int ?? 0 == 0, "the log is written into the file")
            }
        }
    }

    @Test func `a port in use is named`() async throws {
        try await withUpstream { _, base in
            let taken = String(base.dropFirst("http://".count))
            try await withConfiguration(listen: taken) { _, path, _ in
                let serve = try await runLinkWatch("serve", "--config", path)
                #expect(serve.ending == .exit(1))
                #expect(serve.errors.contains(taken), "\(serve.errors)")
            }
            let port = taken.drop { $0 != ":" }.dropFirst()
            let demo = try await runLinkWatch("demo", "--port", String(port))
            #expect(demo.ending == .exit(1))
            #expect(demo.errors.contains(taken))
            let simulate = try await runLinkWatch("simulate", "--listen", taken)
            #expect(simulate.ending == .exit(1))
            #expect(simulate.errors.contains(taken))
        }
    }

    @Test func `a second instance on the same database is refused`() async throws {
        try await withConfiguration { _, path, folder in
            try await withLinkWatch("serve", "--config", path) { first in
                _ = try #require(await first.text(after: "http.address=", on: .error))
                let second = try await runLinkWatch("serve", "--config", path)
                #expect(second.ending == .exit(1))
                #expect(second.errors.contains(folder + "linkwatch.db"))
                #expect(second.errors.contains("in use by process"))
            }
        }
    }

    @Test func `SIGHUP reloads, and a bad file leaves the service as it is`() async throws {
        try await withConfiguration { _, path, _ in
            try await withLinkWatch("serve", "--config", path) { process in
                _ = try #require(await process.text(after: "http.address=", on: .error))
                let text = try String(contentsOfFile: path, encoding: .utf8)
                try write(text + "managment: true\n", to: path)
                process.send(SIGHUP)
                let problem = await process.text(after: "configuration refused; the one in force stays", on: .error)
                #expect(problem?.contains("did you mean management?") == true)
                try write(text + "management: false\n", to: path)
                process.send(SIGHUP)
                #expect(await process.text(after: "configuration reloaded", on: .error) != nil)
                process.send(SIGTERM)
                #expect(await process.end() == .exit(0))
            }
        }
    }

    @Test func `one sweep prints a table or JSON, and ends with 2 if a cluster failed`() async throws {
        try await withConfiguration(interval: "30s") { simulator, path, _ in
            let address = simulator.address()
            try simulator.apply(.setError(address, code: "TIMEOUT_ERROR", message: "red\u{1B}[31m\nsecond line"))
            let table = try await runLinkWatch("poll", "--config", path)
            #expect(table.ending == .exit(0))
            let lines = table.output.split(separator: "\n")
            #expect(lines.count == 7, "a head and a line for each link: \(table.output)")
            #expect(lines.first?.hasPrefix("CLUSTER") == true)
            #expect(lines.contains { $0.contains(address.linkName) && $0.contains("TIMEOUT_ERROR") })
            #expect(!table.output.contains("\u{1B}"), "an upstream's text does not command the terminal")

            try simulator.inject(.status(503), on: address.clusterID)
            let json = try await runLinkWatch("poll", "--config", path, "--output", "json")
            #expect(json.ending == .exit(2))
            let rows = try JSONValue(parsing: json.output).rows
            #expect(rows.count == 2)
            let failed = rows.first { $0["cluster_id"].string == address.clusterID }
            #expect(failed?["reason"].string == "server")
            #expect(failed?["http_status"].int == 503)
            #expect(json.errors.contains(address.clusterID))
            #expect(!(json.output + json.errors + table.output + table.errors).contains(Self.secret))
        }
    }

    @Test func `the simulator tells the address the system chose`() async throws {
        try await withLinkWatch("simulate", "--listen", "127.0.0.1:0", "--clusters", "2", "--links", "3") { process in
            let line = try #require(await process.text(after: "simulating 2 clusters at ", on: .output))
            let base = try #require(line.split(separator: "/kafka").first.map(String.init))
            let api = APIClient(curl: CurlClient(userAgent: "tests", maximumConnections: 4), base: base)
            #expect(try await api.get("/control/v1/clusters").rows.count == 2)
            process.send(SIGTERM)
            #expect(await process.end() == .exit(0))
        }
    }

    @Test func `a log that nobody reads keeps neither polls nor answers waiting`() async throws {
        try await withConfiguration(listen: "systemd") { simulator, path, folder in
            let pipe = folder + "log"
            try #require(mkfifo(pipe, 0o600) == 0)
            let reader = open(pipe, O_RDWR | O_NONBLOCK)
            defer { close(reader) }
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try write(text + "http: { access_log: true }\n", to: path)
            for id in simulator.fleet.clusterIDs { try simulator.inject(.status(503), on: id) }
            // Where it listens cannot be read from its log.
            let port = try ListeningPort("127.0.0.1")
            try await with(try port.handed(to: "serve", "--config", path, errors: pipe)) { process in
                let curl = CurlClient(userAgent: "tests", maximumConnections: 4)
                let api = APIClient(curl: curl, base: "http://127.0.0.1:\(port.port)")
                // Fuller than the pipe is large, and nobody has read a line.
                for _ in 0..<800 { #expect(try await api.send("GET", "/livez").status == 200) }
                await curl.shutdown()
                var waiting: Int32 = 0
                #expect(ioctl(reader, UInt(FIONREAD), &waiting) == 0 && waiting > 60_000)
                for id in simulator.fleet.clusterIDs { try await simulator.waitForRequests(of: id, atLeast: 3) }
                process.send(SIGTERM)
                #expect(await process.end() == .exit(0))
            }
        }
    }

    @Test func `a log that cannot be written ends nothing`() async throws {
        try await withConfiguration { simulator, path, _ in
            for id in simulator.fleet.clusterIDs { try simulator.inject(.status(503), on: id) }
            try await withLinkWatch("serve", "--config", path, errors: "/dev/full") { process in
                for id in simulator.fleet.clusterIDs { try await simulator.waitForRequests(of: id, atLeast: 2) }
                process.send(SIGTERM)
                #expect(await process.end() == .exit(0))
            }
        }
    }
}
