import Foundation
import LoopbackLoad
import Measuring

/// `linkwatch serve`, with everything on that it has by default, and limits that let a benchmark's clients in.
struct WatchingService {
    let child: Child
    let server: Server

    init(program: URL, fleet: SimulatedFleet, folder: URL) throws {
        let port = try LoopbackSocket.freePort()
        let configuration = folder.appending(path: "linkwatch.yaml")
        try Self.configuration(port: port, fleet: fleet, folder: folder)
            .write(to: configuration, atomically: true, encoding: .utf8)
        child = try Child(program, ["serve", "--config", configuration.path], in: folder)
        server = Server(name: "linkwatch", port: port, pids: [child.pid])
        do {
            try child.awaitListening(on: port)
            try awaitLinks(fleet.size.links)
        } catch {
            child.stop()
            throw error
        }
    }

    /// Polls every cluster once before anything is measured, and not again: what polling costs is not measured here.
    ///
    /// The head's time-out stays what it is, because the dribbling clients are to meet it.
    private static func configuration(port: UInt16, fleet: SimulatedFleet, folder: URL) -> String {
        """
        listen: 127.0.0.1:\(port)
        database: \(folder.path)/linkwatch.db
        poll: { interval: 12h, stale_after: 7d, backoff_max: 12h, tasks: false }
        http:
          limits: { connections: 12000, per_address: 12000, requests_per_connection: 1000000000 }
          timeouts: { idle: 1h }
        clusters:
        \(fleet.clusterIDs.map {
            "  - { id: \($0), endpoint: \"http://127.0.0.1:\(fleet.port)/kafka/v3\" }"
        }.joined(separator: "\n"))
        """
    }

    private func awaitLinks(_ count: Int) throws {
        try child.waitUntil("the list of \(count) links") {
            let answer = try server.answer(to: RequestText(path: "/api/v1/status"))
            return try JSONDecoder().decode(Status.self, from: Data(answer.body)).links.total == count
        }
    }

    private struct Status: Decodable {
        struct Links: Decodable { let total: Int }
        let links: Links
    }
}
