import ClusterLinks
import ExactJSON
import HTTPServing
import HTTPTypes
import Inventory

/// `/api/v1/clusters`, one cluster, and a poll of it now.
extension InventoryAPI {
    private static let filters: [Parameter] = [.clusterID, .label, .configured, .at, .limit, .cursor]

    var clusterRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/clusters",
                id: "listClusters",
                summary: "The clusters, and how their polls go",
                parameters: Self.filters,
                answer: .list(of: .cluster, beside: Schema.pastFields),
                handler: .asynchronous { try await clusters($0) }
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}",
                id: "getCluster",
                summary: "One cluster, and how its polls go",
                parameters: [.at],
                answer: .item(.cluster),
                handler: .asynchronous { try await cluster($0) }
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}/poll",
                method: .post,
                id: "pollCluster",
                summary: "Polls the cluster now and answers with that poll",
                role: .operate,
                answer: .item(.poll),
                handler: .asynchronous { try await poll($0) }
            ),
        ]
    }

    private func clusters(_ question: Question) async throws -> Response {
        let view = view
        if let at = try past(question) { return try await pastClusters(question, of: view, at: at) }
        let filter = try ClusterFilter(question)
        let page = try ClusterPage(view.clusters.filter(filter.admits), for: question)
        let nextPolls = await polls.nextPolls()
        return JSONAnswer.response(
            JSONList.encoded(
                page.clusters.map { json(of: $0, nextPoll: nextPolls[$0.id]).encoded },
                nextCursor: page.nextCursor
            ),
            sequence: view.sequence
        )
    }

    private func cluster(_ question: Question) async throws -> Response {
        let cluster = try cluster(question.clusterID, in: view)
        if let at = try past(question) { return try await pastCluster(cluster, at: at) }
        var json = json(of: cluster, nextPoll: await polls.nextPolls()[cluster.id])
        json["ghost_records"] = .array(cluster.ghosts.map(JSONValue.object))
        return JSONAnswer.response(json)
    }

    private func poll(_ question: Question) async throws -> Response {
        let cluster = try cluster(question.clusterID, in: view)
        let principal = try question.principal
        await inventory.note(
            AuditEntry(
                at: now,
                actor: principal.actor,
                peer: principal.origin,
                action: "cluster.poll",
                target: cluster.id.rawValue,
                detail: "{}"
            )
        )
        do throws(PollRefusal) {
            let recorded = try await polls.pollNow(cluster.id)
            var json: JSONObject = ["cluster_id": .string(cluster.id.rawValue)]
            for member in Self.json(of: recorded.poll).members { json[member.name] = member.value }
            json["changes"] = .int(recorded.changes)
            return .bytes(json.encoded, contentType: JSONAnswer.contentType)
        } catch {
            switch error {
            // While the service starts it answers already, and the poller does not know the clusters yet.
            case .notConfigured where cluster.isConfigured:
                throw APIProblem.pollerUnavailable(reason: "the service is starting or reads its configuration again")
            case .notConfigured: throw APIProblem.retiredCluster(id: cluster.id.rawValue)
            case .unavailable(let reason): throw APIProblem.pollerUnavailable(reason: reason)
            }
        }
    }

    private func json(of cluster: ClusterView, nextPoll: Duration?) -> JSONObject {
        let tally = fleet.tally(of: cluster.id)
        return [
            "cluster_id": .string(cluster.id.rawValue),
            "name": .optional(cluster.description.name),
            "labels": .object(LinkJSON.labels(cluster.description.labels)),
            "endpoint_host": .string(cluster.description.endpointHost),
            "configured": .bool(cluster.isConfigured),
            "stale": .bool(cluster.isStale),
            "links": .object(HealthCounts(cluster.links.map { cluster.health(of: $0) }).json),
            "ghosts": .int(cluster.ghosts.count),
            "last_poll": tally.lastPoll.map { .object(Self.json(of: $0)) } ?? .null,
            "last_success_at": .optional(tally.lastSuccessAt?.description),
            "next_poll_at": .optional(nextPoll.map { instant(in: $0).description }),
            "consecutive_failures": .int(tally.consecutiveFailures),
            "last_failure": Self.json(ofFailure: tally.lastFailure),
        ]
    }

    static func json(ofFailure poll: PollTally.Poll?) -> JSONValue {
        guard let poll else { return .null }
        return [
            "reason": .optional(poll.outcome.failure),
            "http_status": poll.outcome.httpStatus.map { .int($0) } ?? .null,
            "message": .optional(poll.message),
            "at": .string(poll.at.description),
        ]
    }

    /// An instant to come, to the whole second: what it is reckoned from differs by milliseconds from answer to answer, and
    /// their tags would too.
    private func instant(in duration: Duration) -> Instant {
        let instant = now.advanced(by: duration)
        return Instant(milliseconds: (instant.milliseconds + 500) / 1000 * 1000)
    }

    static func json(of poll: PollTally.Poll) -> JSONObject {
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
