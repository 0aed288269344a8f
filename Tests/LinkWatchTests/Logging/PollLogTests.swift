import ConfluentSimulator
import ExactJSON
import Testing

@testable import LinkWatch

/// What the log of the whole service says of a cluster that fails.
@Suite(.timeLimit(.minutes(1)))
struct PollLogTests {
    @Test func `a failing cluster is told once for each reason, and when it is well again`() async throws {
        let log = LogRecorder()
        try await withFleetAndService(logger: log.logger()) { configuration in
            configuration.pollEach { $0.tasks = false }
        } _: { simulator, live in
            let id = simulator.fleet.clusterIDs[0]
            for status in [503, 503, 429, 503] {
                try simulator.clearFaults(on: id)
                try simulator.inject(.status(status), on: id)
                #expect(try await live.api.poll(id)["outcome"].string == "failure")
            }
            try simulator.clearFaults(on: id)
            #expect(try await live.api.poll(id)["outcome"].string == "success")
            try await live.api.poll(id)
        }
        let told = log.lines.filter { $0.contains("cluster.id=") }
        #expect(told.count == 3, "\(told)")
        #expect(told.first?.hasPrefix(#"<4>level=warning msg="poll failed; the last known links stay served""#) == true)
        #expect(told.first?.contains("outage.failures=1 outage.seconds=0.0 poll.http_status=503") == true, "\(told)")
        #expect(told.dropFirst().first?.contains("outage.failures=3") == true)
        #expect(told.last?.hasPrefix(#"<5>level=notice msg="poll succeeds again""#) == true)
        #expect(told.last?.contains("outage.failures=4") == true)
    }
}
