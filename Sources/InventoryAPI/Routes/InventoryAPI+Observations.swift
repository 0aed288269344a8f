import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// What was seen of one cluster: its distinct snapshots and the runs of its polls.
extension InventoryAPI {
    private static let parameters: [Parameter] = [.from, .to, .limit, .cursor]

    var observationRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/clusters/{cluster_id}/snapshots",
                id: "listSnapshots",
                summary: "The distinct snapshots of a cluster, newest first",
                parameters: Self.parameters,
                answer: .list(of: .snapshot),
                handler: .asynchronous { try await snapshots($0) }
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}/polls",
                id: "listPolls",
                summary: "Runs of polls with equal outcomes, newest first",
                parameters: Self.parameters,
                answer: .list(of: .pollRun),
                handler: .asynchronous { try await pollRuns($0) }
            ),
        ]
    }

    private func snapshots(_ question: Question) async throws -> Response {
        let view = view
        let cluster = try cluster(question.clusterID, in: view)
        return try await HistoryPage.answer(question, sequence: view.sequence, now: now) { page in
            try await history.snapshots(of: cluster.id, page: page)
        } position: {
            History.Position(at: $0.firstObservedAt, key: 0)
        } write: { snapshot, bytes in
            let json: JSONObject = [
                "first_observed_at": .string(snapshot.firstObservedAt.description),
                "last_observed_at": .string(snapshot.lastObservedAt.description),
                "current": .bool(snapshot.isCurrent),
                "link_count": .int(snapshot.linkCount),
                "error_count": .int(snapshot.errorCount),
            ]
            json.write(into: &bytes)
        }
    }

    private func pollRuns(_ question: Question) async throws -> Response {
        let view = view
        let cluster = try cluster(question.clusterID, in: view)
        return try await HistoryPage.answer(question, sequence: view.sequence, now: now) { page in
            try await history.pollRuns(of: cluster.id, page: page)
        } position: {
            History.Position(at: $0.run.firstAt, key: 0)
        } write: { row, bytes in
            PollRunJSON.object(row).write(into: &bytes)
        }
    }
}
