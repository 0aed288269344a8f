import Foundation
import LoopbackLoad
import Measuring

/// `linkwatch serve` on a copy of a history, with every cluster of it configured at an address where nobody listens.
struct HistoryService {
    let child: Child
    let server: Server

    init(program: URL, serving history: HistoryFile, folder: URL) throws {
        let port = try LoopbackSocket.freePort()
        let file = folder.appending(path: "linkwatch.db")
        try FileManager.default.copyItem(at: history.url, to: file)
        let configuration = folder.appending(path: "linkwatch.yaml")
        try Self.configuration(
            port: port,
            file: file,
            clusters: history.clusters,
            deadPort: try LoopbackSocket.freePort()
        )
        .write(to: configuration, atomically: true, encoding: .utf8)
        child = try Child(program, ["serve", "--config", configuration.path], in: folder)
        server = Server(name: "linkwatch", port: port, pids: [child.pid])
        do {
            try child.awaitListening(on: port)
            try settle()
        } catch {
            child.stop()
            throw error
        }
    }

    /// Every cluster is polled once, in vain, and not again for hours.
    static func configuration(port: UInt16, file: URL, clusters: [String], deadPort: UInt16) -> String {
        """
        listen: 127.0.0.1:\(port)
        database: \(file.path)
        poll: { interval: 12h, timeout: 1s, stale_after: 7d, backoff_max: 12h, tasks: false }
        http:
          limits: { requests_per_connection: 1000000000 }
          timeouts: { idle: 1h }
        clusters:
        \(clusters.map {
            "  - { id: \($0), endpoint: \"http://127.0.0.1:\(deadPort)/kafka/v3\" }"
        }.joined(separator: "\n"))
        """
    }

    /// Waits until every cluster was polled, and what came of it is stored.
    private func settle() throws {
        let clock = ProcessorClock(pids: server.pids)
        try child.waitUntil("the service after its first polls") {
            let before = try clock.read()
            Thread.sleep(forTimeInterval: 1.5)
            return try clock.read() - before < .milliseconds(15)
        }
    }
}
