import Foundation
import LoopbackLoad
import Measuring

/// What a scrape of a hundred thousand links costs: the first, those after it, and one after a link has changed; beside nginx with
/// the same bytes in a file.
struct ScrapeBenchmark {
    private static let size = SimulatedFleet.Size(clusters: 200, linksEach: 500)
    /// What Prometheus 2 sends.
    private static let request = RequestText(
        path: "/metrics",
        fields: [
            "Accept: application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
            "Accept-Encoding: gzip",
        ]
    )
    /// Longer than a scrape is kept.
    private static let pause = 1.2

    let settings: Settings

    /// One kind of scrape, and what each of them took.
    private struct Outcome {
        let name: String
        var processor: [Double] = []
        var wall: [Double] = []

        mutating func add(_ taken: (processor: Double, wall: Double)) {
            processor.append(taken.processor)
            wall.append(taken.wall)
        }
    }

    func run() throws -> String {
        try TemporaryFolder.with { folder in
            let fleet = try SimulatedFleet(Self.size, program: settings.linkwatch, folder: folder)
            defer { fleet.child.stop() }
            let service = try WatchingService(program: settings.linkwatch, fleet: fleet, folder: folder)
            defer { service.child.stop() }
            Thread.sleep(forTimeInterval: Self.pause)
            var outcomes = [Outcome(name: "the first")]
            outcomes[0].add(try scrape(service.server))
            outcomes += try ["again within the second", "later, nothing changed"].enumerated().map { index, name in
                var outcome = Outcome(name: name)
                for _ in 1...settings.rounds {
                    if index == 1 { Thread.sleep(forTimeInterval: Self.pause) }
                    outcome.add(try scrape(service.server))
                }
                return outcome
            }
            outcomes.append(try afterChanges(fleet, service))
            outcomes.append(try ofNginx(service.server, folder))
            try service.child.checkRunning()
            return table(outcomes, bytes: try service.server.answer(to: Self.request).body.count)
        }
    }

    private func scrape(_ server: Server) throws -> (processor: Double, wall: Double) {
        let clock = ProcessorClock(pids: server.pids)
        let before = try clock.read()
        let start = ContinuousClock.now
        let answer = try server.answer(to: Self.request)
        let wall = ContinuousClock.now - start
        guard answer.status == 200, answer["Content-Encoding"] == "gzip" else {
            throw BenchError.unanswered(path: Self.request.path, what: "with status \(answer.status), not as gzip")
        }
        return ((try clock.read() - before) / .milliseconds(1), wall / .milliseconds(1))
    }

    /// One link of another cluster each time, whose series are written anew.
    private func afterChanges(_ fleet: SimulatedFleet, _ service: WatchingService) throws -> Outcome {
        let simulator = Server(name: "simulator", port: fleet.port, pids: [fleet.child.pid])
        var outcome = Outcome(name: "after a change of one link")
        for id in fleet.clusterIDs.prefix(settings.rounds) {
            let list = try simulator.answer(to: RequestText(path: "/kafka/v3/clusters/\(id)/links"))
            let names = try JSONDecoder().decode(Listing.self, from: Data(list.body)).data.map(\.name)
            guard let name = names.first(where: { !$0.isEmpty }) else { continue }
            let event = RequestText(
                posting: #"{"event": "topics", "topic_names": ["bench"]}"#,
                to: "/control/v1/clusters/\(id)/links/\(name)/events"
            )
            let poll = RequestText(posting: "{}", to: "/api/v1/clusters/\(id)/poll")
            for (server, request) in [(simulator, event), (service.server, poll)] {
                let answer = try server.answer(to: request)
                guard answer.status / 100 == 2 else {
                    throw BenchError.unanswered(path: request.path, what: "with status \(answer.status)")
                }
            }
            Thread.sleep(forTimeInterval: Self.pause)
            outcome.add(try scrape(service.server))
        }
        return outcome
    }

    private func ofNginx(_ service: Server, _ folder: URL) throws -> Outcome {
        let peer = try NginxPeer(serving: [RequestText(path: "/metrics")], of: service, folder: folder)
        defer { peer.child.stop() }
        var outcome = Outcome(name: "nginx, the same bytes")
        for _ in 1...settings.rounds { outcome.add(try scrape(peer.server)) }
        return outcome
    }

    private struct Listing: Decodable {
        struct Link: Decodable {
            let name: String
            enum CodingKeys: String, CodingKey { case name = "link_name" }
        }
        let data: [Link]
    }

    private func table(_ outcomes: [Outcome], bytes: Int) -> String {
        var table = MarkdownTable(
            "scrape of \(Self.size.links) links on \(Self.size.clusters) clusters, gzip of \(bytes / 1024) KiB",
            "processor, ms",
            "until answered, ms"
        )
        for outcome in outcomes {
            table.add(outcome.name, outcome.processor.median.text(1), outcome.wall.median.text(1))
        }
        return "\(table)"
    }
}
