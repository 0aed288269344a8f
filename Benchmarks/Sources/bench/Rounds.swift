import LoopbackLoad
import Measuring

/// Rounds in which the servers take turns, so that a machine that grows slow or fast does so for all of them.
struct Rounds {
    let count: Int
    let seconds: Int

    /// Warms each server up for a second, and returns the rounds of each.
    func run(_ servers: [Server], asking requests: [RequestText]) throws -> [[Round]] {
        for (server, request) in zip(servers, requests) { _ = try server.round(asking: request, seconds: 1) }
        var rounds = servers.map { _ in [Round]() }
        for number in 1...count {
            for (index, server) in servers.enumerated() {
                let round = try server.round(asking: requests[index], seconds: seconds)
                rounds[index].append(round)
                Progress.tell("  round \(number)  \(server.name): \(round.text)")
            }
        }
        return rounds
    }
}

extension Round {
    var text: String { "\(microsecondsPerRequest.text(2)) µs/request, \(requestsPerSecond.text(0)) requests/s" }
}
