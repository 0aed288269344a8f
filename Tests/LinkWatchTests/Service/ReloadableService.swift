import ConfluentSimulator
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// A running service with a file behind it, and a way to write that file anew.
struct ReloadableService {
    static let token = "0123456789abcdef-admin"

    let simulator: SimulatorControl
    let live: LiveService
    let base: String
    let folder: String

    var path: String { folder + "linkwatch.yaml" }

    /// What the file says but for its clusters.
    static func head(_ folder: String) -> String {
        """
        listen: 127.0.0.1:0
        database: \(folder)linkwatch.db
        poll: { interval: 1h, timeout: 20s }
        auth: { anonymous: read, tokens: [{ name: admin, role: admin, token_file: \(folder)token }] }

        """
    }

    static func clusters(_ ids: [String], at base: String) -> String {
        "clusters:\n" + ids.map { "  - { id: \($0), endpoint: \(base) }\n" }.joined()
    }

    func write(_ clusters: [String], and more: String = "") throws {
        try write(text: Self.head(folder) + Self.clusters(clusters, at: base) + more)
    }

    func write(text: String) throws { try LinkWatchTests.write(text, to: path) }

    /// Changes the file as it is.
    func edit(_ text: String, to other: String) throws {
        let before = try String(contentsOfFile: path, encoding: .utf8)
        #expect(before.contains(text))
        try write(text: before.replacing(text, with: other))
    }

    func reload(token: String = Self.token) async throws -> APIClient.Answer {
        try await live.api.post("/-/reload", token: token)
    }

    @discardableResult
    func poll(_ cluster: String) async throws -> JSONValue {
        try await live.api.post("/api/v1/clusters/\(cluster)/poll", token: Self.token).json
    }
}

/// Lends a service that watches the first two of some simulated clusters, by a file.
func withReloadable(clusters: Int = 3, _ body: (ReloadableService) async throws -> Void) async throws {
    try await withUpstream(clusters: clusters) { simulator, base in
        try await withTemporaryFolder { folder in
            try write(ReloadableService.token + "\n", to: folder + "token")
            let path = folder + "linkwatch.yaml"
            let ids = Array(simulator.fleet.clusterIDs.prefix(2))
            try write(ReloadableService.head(folder) + ReloadableService.clusters(ids, at: base), to: path)
            try await withService(try Configuration.load(path: path), path: path) { live in
                try await body(ReloadableService(simulator: simulator, live: live, base: base, folder: folder))
            }
        }
    }
}
