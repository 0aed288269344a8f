import ClusterLinks
import Console
import CurlHTTP
import ExactJSON
import KafkaREST

/// One look at every cluster, and how it is told.
struct Sweep: Sendable {
    private struct Answer: Sendable {
        let cluster: Configuration.Cluster
        let outcome: Result<LinkList, PollFailure>
    }

    private let answers: [Answer]

    /// Asks all clusters, at most `poll.concurrency` of them at a time.
    static func run(over configuration: Configuration, curl: CurlClient) async throws -> Sweep {
        var answers: [Answer] = []
        try await withThrowingTaskGroup(of: Answer.self) { group in
            for (index, cluster) in configuration.clusters.enumerated() {
                if index >= configuration.poll.concurrency, let answer = try await group.next() {
                    answers.append(answer)
                }
                let client = try cluster.client(over: curl)
                group.addTask { await ask(cluster, client) }
            }
            for try await answer in group { answers.append(answer) }
        }
        return Sweep(answers: answers.sorted { $0.cluster.id < $1.cluster.id })
    }

    private static func ask(_ cluster: Configuration.Cluster, _ client: KafkaRESTClient) async -> Answer {
        do throws(PollFailure) {
            guard case .list(let list, _) = try await client.links() else {
                return Answer(cluster: cluster, outcome: .success(.empty))
            }
            return Answer(cluster: cluster, outcome: .success(list))
        } catch {
            return Answer(cluster: cluster, outcome: .failure(error))
        }
    }

    /// One line for each cluster that failed.
    var failures: [String] {
        answers.compactMap { answer in
            if case .failure(let error) = answer.outcome { "\(answer.cluster.id): \(error)" } else { nil }
        }
    }

    var table: String {
        let rows = answers.flatMap { answer -> [[String]] in
            switch answer.outcome {
            case .success(let list):
                return list.links.map { item in
                    let content = item.content
                    return [
                        answer.cluster.id, item.name.rawValue, Health(lastKnownOf: content).rawValue,
                        content.state?.rawValue ?? "-", content.error?.rawValue ?? "-", content.errorMessage ?? "",
                    ]
                }
            case .failure(let error):
                return [[answer.cluster.id, "-", "unknown", "-", error.reason.rawValue, error.message]]
            }
        }
        return TextTable(head: ["CLUSTER", "LINK", "HEALTH", "STATE", "ERROR", "MESSAGE"], rows: rows).text
    }

    var json: String {
        let data = answers.map { answer -> JSONValue in
            switch answer.outcome {
            case .success(let list):
                return [
                    "cluster_id": .string(answer.cluster.id), "outcome": "success", "ghosts": .int(list.ghosts.count),
                    "links": .array(
                        list.links.map { item in
                            var fields = item.content.fields
                            if let theirs = fields["health"] { fields["upstream_health"] = theirs }
                            fields["health"] = .string(Health(lastKnownOf: item.content).rawValue)
                            return .object(fields)
                        }
                    ),
                ]
            case .failure(let error):
                return [
                    "cluster_id": .string(answer.cluster.id), "outcome": "failure",
                    "reason": .string(error.reason.rawValue),
                    "http_status": error.httpStatus.map { .int($0) } ?? .null, "message": .string(error.message),
                ]
            }
        }
        return String(decoding: JSONValue.object(["data": .array(data)]).encoded, as: UTF8.self)
    }
}
