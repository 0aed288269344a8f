import CurlHTTP
import ExactJSON
import Foundation
import Testing

/// Debian's Alertmanager on a port of its own, which keeps its silences over restarts and its alerts not.
final class Alertmanager {
    /// An alert as `amtool` tells it.
    struct Told: Hashable {
        let name: String
        let link: String
        let cluster: String
        let severity: String
        let state: String
    }

    let url: String
    private let process: LinkWatchProcess
    private let folder: String

    /// Starts it with its data in a folder, and waits until it listens.
    private init(folder: String, port: String) async throws {
        let configuration = folder + "alertmanager.yml"
        try "route: { receiver: none }\nreceivers: [ { name: none } ]\n"
            .write(toFile: configuration, atomically: true, encoding: .utf8)
        process = try LinkWatchProcess(
            command: [
                "/usr/bin/prometheus-alertmanager", "--config.file=\(configuration)", "--storage.path=\(folder)data",
                "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=",
            ],
            environment: [:]
        )
        let address = await process.text(after: "msg=\"Listening on\" address=", on: .error)
        url = "http://" + (try #require(address, "\(process.errors)"))
        self.folder = folder
    }

    /// Lends one for as long as a body runs.
    static func with<Result>(
        folder: String,
        port: String = "0",
        _ body: (Alertmanager) async throws -> Result
    ) async throws -> Result {
        let alertmanager = try await Alertmanager(folder: folder, port: port)
        return try await LinkWatchTests.with(alertmanager.process) { _ in try await body(alertmanager) }
    }

    /// Ends it in order and starts it again at the same address.
    func restarted<Result>(
        after meanwhile: () async throws -> Void = {},
        _ body: (Alertmanager) async throws -> Result
    ) async throws -> Result {
        process.send(SIGTERM)
        await process.end()
        try await meanwhile()
        let port = String(url.split(separator: ":").last ?? "0")
        return try await Alertmanager.with(folder: folder, port: port, body)
    }

    /// What `amtool alert query` says, of all alerts or of the active ones only.
    func alerts(at url: String? = nil) async throws -> Set<Told> {
        let said = try await amtool(
            "alert",
            "query",
            "--silenced",
            "--active",
            "--output=json",
            "--alertmanager.url=\(url ?? self.url)"
        )
        let alerts = try JSONValue(parsing: said).array ?? []
        return Set(
            alerts.map { alert in
                let labels = alert["labels"]
                return Told(
                    name: labels["alertname"].string ?? "",
                    link: labels["link_name"].string ?? "",
                    cluster: labels["kafka_cluster_id"].string ?? "",
                    severity: labels["severity"].string ?? "",
                    state: alert["status"]["state"].string ?? ""
                )
            }
        )
    }

    /// Asks until it says what is awaited: it takes alerts in behind its answer.
    func awaitAlerts(_ isAwaited: (Set<Told>) -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        var last: Set<Told> = []
        while ContinuousClock.now < deadline {
            last = try await alerts()
            if isAwaited(last) { return }
        }
        Issue.record("Alertmanager does not come to say what is awaited, but \(last)")
    }

    /// What `amtool` answers.
    func amtool(_ arguments: String...) async throws -> String {
        let process = try LinkWatchProcess(
            command: ["/usr/bin/amtool"] + arguments,
            environment: ["HOME": folder]
        )
        #expect(await process.end() == .exit(0), "\(process.errors)")
        return process.output
    }
}
