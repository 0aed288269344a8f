import ConfluentSimulator
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// A running service that may create and delete links, with what a test needs to do so.
struct ManagedService {
    static let token = "0123456789abcdef-admin"
    static let reader = "0123456789abcdef-reader"

    let simulator: SimulatorControl
    let live: LiveService
    let log: LogRecorder
    let folder: String
    /// Where the simulated cluster is.
    let base: String

    /// The first, which all is about where nothing else is said.
    var cluster: String { simulator.fleet.clusterIDs[0] }

    var links: String { links(of: cluster) }

    func links(of cluster: String) -> String { "/kafka/v3/clusters/\(cluster)/links" }

    func create(
        _ name: String,
        _ query: String = "",
        on other: String? = nil,
        body: String = "{}"
    ) async throws -> APIClient.Answer {
        try await live.api.post(
            "\(links(of: other ?? cluster))?link_name=\(name)\(query)",
            token: Self.token,
            body: body
        )
    }

    /// As clients of Kafka REST send it: without a body and its type.
    func delete(_ name: String, _ query: String = "") async throws -> APIClient.Answer {
        let headers = ["Authorization": "Bearer \(Self.token)"]
        return try await live.api.send("DELETE", "\(links)/\(name)\(query)", headers: headers)
    }

    func get(_ path: String) async throws -> APIClient.Answer { try await live.api.send("GET", links + path) }

    /// What the cluster itself says.
    func direct(_ path: String) async throws -> APIClient.Answer {
        try await APIClient(curl: live.api.curl, base: base).send("GET", links + path)
    }

    @discardableResult
    func poll() async throws -> JSONValue {
        try await live.api.post("/api/v1/clusters/\(cluster)/poll", token: Self.token).json
    }

    /// The audit, oldest first.
    func audit() async throws -> [JSONValue] {
        let headers = ["Authorization": "Bearer \(Self.token)"]
        return try await live.api.send("GET", "/api/v1/audit?limit=1000", headers: headers).json.rows.reversed()
    }

    /// Waits until the inventory shows a link or no longer does.
    func awaitListed(_ name: String, _ isListed: Bool = true, on other: String? = nil) async throws {
        try await live.api.awaitAnswer(to: links(of: other ?? cluster)) { list in
            list.rows.contains { $0["link_name"].string == name } == isListed
        }
    }
}

/// Lends a service with `management: true` over simulated clusters, which are asked by themselves once an hour only.
func withManagedService(
    clusters: Int = 1,
    timing: SimulatorTiming = .immediate,
    credential: SimulatedCredential? = nil,
    configure: (inout Configuration) -> Void = { _ in },
    _ body: (ManagedService) async throws -> Void
) async throws {
    let log = LogRecorder()
    try await withUpstream(clusters: clusters) { simulator, base in
        simulator.timing = timing
        if let credential { try simulator.apply(.setCredential(simulator.fleet.clusterIDs[0], credential)) }
        try await withTemporaryFolder { folder in
            var configuration = try Configuration.watching(simulator.fleet.clusterIDs, at: base, in: folder)
            configuration.management = true
            configuration.auth.anonymous = .read
            configuration.auth.tokens = [
                Configuration.Auth.Token(name: "root", role: .admin, token: Secret(ManagedService.token)),
                Configuration.Auth.Token(name: "see", role: .read, token: Secret(ManagedService.reader)),
            ]
            configuration.pollEach { $0.tasks = false }
            configure(&configuration)
            try await withService(configuration, logger: log.logger()) { live in
                let managed = ManagedService(simulator: simulator, live: live, log: log, folder: folder, base: base)
                try await managed.poll()
                try await body(managed)
            }
        }
    }
}
