import ClusterLinks
import ConfluentSimulator
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// What the runbook has people ask at three in the morning is asked of a running service.
@Suite(.timeLimit(.minutes(2)))
struct RunbookCommandTests {
    @Test func `every request of the runbook is answered`() async throws {
        let requests = try Repository.text("docs/runbook.md").matches(of: /`lw '?(\/[^ '`]*)'?([^`]*)`/)
        #expect(requests.count > 20)
        try await BusyFleet.with { fleet in
            let api = fleet.live.api
            let address = fleet.simulator.address(link: 0)
            let alert = try await api.awaitAnswer(to: "/api/v1/alerts?state=firing&kind=link_error") {
                !$0.rows.isEmpty
            }
            let soon = fleet.live.now.advanced(by: .seconds(3600))
            for request in requests where !request.output.2.contains("-X POST") {
                let path = request.output.1.replacing("CLUSTER", with: address.clusterID)
                    .replacing("LINK", with: address.linkName)
                    .replacing("ID", with: alert.rows[0]["id"].string ?? "")
                guard let body = request.output.2.firstMatch(of: /-d '([^']+)'/)?.output.1 else {
                    let answer = try await api.send("GET", String(path))
                    #expect(answer.status == 200, "GET \(path): \(answer.text)")
                    continue
                }
                // The instants of examples pass.
                let sent = body.replacing(/"ends_at":"[^"]+"/, with: "\"ends_at\":\"\(soon)\"")
                let answer = try await api.post(String(path), body: String(sent))
                #expect((200...201).contains(answer.status), "POST \(path): \(answer.text)")
            }
        }
    }

    @Test func `the fields that it has people look at are there`() async throws {
        try await BusyFleet.with { fleet in
            let api = fleet.live.api
            let address = fleet.simulator.address(link: 0)
            let link = try await fleet.live.link(address)
            for field in [
                "link_error", "link_error_message", "link_state", "tasks", "counterpart", "remote_cluster_id",
                "direction", "first_observed_at",
            ] { #expect(link.object?[field] != nil, "\(field)") }
            let cluster = try await fleet.live.cluster(fleet.simulator.fleet.clusterIDs[1])
            for field in ["last_poll", "next_poll_at"] { #expect(cluster.object?[field] != nil, "\(field)") }
            for field in ["reason", "http_status", "message"] {
                #expect(cluster["last_failure"].object?[field] != nil, "\(field)")
            }
            let database = try await api.get("/api/v1/status")["database"]
            for field in ["last_error", "waiting_writes", "lost_changes"] {
                #expect(database.object?[field] != nil, "\(field)")
            }
            let alerts = try await api.awaitAnswer(to: "/api/v1/alerts?state=firing") { !$0.rows.isEmpty }
            #expect(alerts.rows.allSatisfy { $0["remediation"]["first_step"].string != nil })
        }
    }
}
