import ClusterLinks
import ExactJSON
import HTTPServing
import HTTPTypes
import Inventory

/// `/api/v1/clusters`, one cluster, and a poll of it now.
extension InventoryAPI {
    private static let filters: [Parameter] = [
        Parameter("cluster_id", "Only these clusters."),
        .label,
        Parameter("configured", "true (where it is not given), false or any: clusters that left the configuration."),
        .limit, .cursor,
    ]

    var clusterRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/clusters",
                id: "listClusters",
                summary: "The clusters, and how their polls go",
                parameters: Self.filters,
                answer: .list,
                handler: .asynchronous { try await clusters($0) }
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}",
                id: "getCluster",
                summary: "One cluster, and how its polls go",
                handler: .asynchronous { try await cluster($0) }
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}/poll",
                method: .post,
                id: "pollCluster",
                summary: "Polls the cluster now and answers with that poll",
                role: .operate,
                handler: .asynchronous { try await poll($0) }
            ),
        ]
    }

    private func clusters(_ request: Request) async throws -> Response {
        let question = try Question(request, knowing: Self.filters)
        let ids = question.list("cluster_id").map(Set.init)
        let labels = question.family("label.")
        let configured = try question.choice("configured", default: Tristate.yes)
        let limit = try question.limit
        let cursor = try Cursor.given(with: question, on: request.path)
        let view = view
        let selected = view.clusters.filter { cluster in
            configured.admits(cluster.isConfigured) && ids?.contains(cluster.id.rawValue) ?? true
                && labels.allSatisfy { $0.values.contains(cluster.description.labels[$0.name] ?? "") }
        }
        let rest = selected.drop { cluster in cursor.map { $0.key.first ?? "" >= cluster.id.rawValue } ?? false }
        let page = rest.prefix(limit)
        let next = page.count < rest.count ? page.last.map { Cursor(key: [$0.id.rawValue]) } : nil
        let nextPolls = await polls.nextPolls()
        return JSONAnswer.response(
            JSONList.encoded(
                page.map { json(of: $0, nextPoll: nextPolls[$0.id]).encoded },
                nextCursor: next?.text(for: question, on: request.path)
            ),
            sequence: view.sequence
        )
    }

    private func cluster(_ request: Request) async throws -> Response {
        _ = try Question(request, knowing: [])
        let cluster = try cluster(request.parameters["cluster_id"], in: view)
        var json = json(of: cluster, nextPoll: await polls.nextPolls()[cluster.id])
        json["ghost_records"] = .array(cluster.ghosts.map(JSONValue.object))
        return JSONAnswer.response(json)
    }

    private func poll(_ request: Request) async throws -> Response {
        _ = try Question(request, knowing: [])
        let cluster = try cluster(request.parameters["cluster_id"], in: view)
        do throws(PollRefusal) {
            let recorded = try await polls.pollNow(cluster.id)
            var json: JSONObject = ["cluster_id": .string(cluster.id.rawValue)]
            for member in Self.json(of: recorded.poll).members { json[member.name] = member.value }
            json["changes"] = .int(recorded.changes)
            return .bytes(json.encoded, contentType: JSONAnswer.contentType)
        } catch {
            switch error {
            case .notConfigured: throw APIProblem.unknownCluster(id: cluster.id.rawValue)
            case .unavailable(let reason): throw APIProblem.pollerUnavailable(reason: reason)
            }
        }
    }

    private func json(of cluster: ClusterView, nextPoll: Duration?) -> JSONObject {
        let status = fleet.tally(of: cluster.id)
        let healths = cluster.links.map { cluster.health(of: $0) }
        var links: JSONObject = ["total": .int(healths.count)]
        for health in Health.allCases { links[health.rawValue] = .int(healths.count { $0 == health }) }
        return [
            "cluster_id": .string(cluster.id.rawValue),
            "name": .optional(cluster.description.name),
            "labels": .object(LinkJSON.labels(cluster.description.labels)),
            "endpoint_host": .string(cluster.description.endpointHost),
            "configured": .bool(cluster.isConfigured),
            "stale": .bool(cluster.isStale),
            "links": .object(links),
            "ghosts": .int(cluster.ghosts.count),
            "last_poll": status.lastPoll.map { .object(Self.json(of: $0)) } ?? .null,
            "last_success_at": .optional(status.lastSuccessAt?.description),
            "next_poll_at": .optional(nextPoll.map { now.advanced(by: $0).description }),
            "consecutive_failures": .int(status.consecutiveFailures),
            "last_failure": status.lastFailure.map { failure in
                [
                    "reason": .optional(failure.outcome.failure),
                    "http_status": failure.outcome.httpStatus.map { .int($0) } ?? .null,
                    "message": .optional(failure.message),
                    "at": .string(failure.at.description),
                ]
            } ?? .null,
        ]
    }

    private static func json(of poll: PollTally.Poll) -> JSONObject {
        [
            "at": .string(poll.at.description),
            "outcome": .string(poll.outcome.isSuccess ? "success" : "failure"),
            "reason": .optional(poll.outcome.failure),
            "http_status": poll.outcome.httpStatus.map { .int($0) } ?? .null,
            "message": .optional(poll.message),
            "duration_seconds": .double(poll.duration.seconds),
        ]
    }
}
