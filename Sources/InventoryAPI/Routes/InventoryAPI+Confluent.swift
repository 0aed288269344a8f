import ClusterLinks
import ExactJSON
import HTTPServing
import HTTPTypes
import Inventory

/// Confluent's own resource from the cache: what existing Kafka REST clients read unchanged.
extension InventoryAPI {
    private static let includeTasks = Parameter(
        "include_tasks",
        "true adds the tasks as they were read last.",
        .choice(["true", "false"])
    )

    var confluentRoutes: [APIRoute] {
        [
            APIRoute(
                "/kafka/v3/clusters/{cluster_id}/links",
                id: "list_kafka_links",
                summary: "The links of a cluster in Confluent's shape, unpaginated, ghosts included",
                parameters: [Self.includeTasks],
                answer: .item(.kafkaLinkList),
                handler: .immediate { try list($0) }
            ),
            APIRoute(
                "/kafka/v3/clusters/{cluster_id}/links/{link_name}",
                id: "get_kafka_link",
                summary: "One link in Confluent's shape",
                parameters: [Self.includeTasks],
                answer: .item(.kafkaLink),
                handler: .immediate { try get($0) }
            ),
        ]
    }

    private func list(_ question: Question) throws -> Response {
        let view = view
        let cluster = try observed(question.clusterID, in: view)
        let withTasks = try question.flag(Self.includeTasks.name)
        return answer(question, view, about: cluster) { origin in
            ConfluentJSON.list(of: cluster, origin: origin, withTasks: withTasks)
        }
    }

    private func get(_ question: Question) throws -> Response {
        let view = view
        let cluster = try observed(question.clusterID, in: view)
        let withTasks = try question.flag(Self.includeTasks.name)
        guard let record = cluster.link(named: question.linkName) else { throw ConfluentError.linkNotFound }
        return answer(question, view, about: cluster) { origin in
            ConfluentJSON.link(record, origin: origin, withTasks: withTasks)
        }
    }

    private func observed(_ id: ClusterID, in view: FleetView) throws(ConfluentError) -> ClusterView {
        guard let cluster = view.cluster(id), cluster.isConfigured else { throw .clusterNotFound(id: id.rawValue) }
        guard cluster.wasListed else { throw .notPolledYet(id: id.rawValue) }
        return cluster
    }

    /// The answer, finished once for each generation and host; `Age` tells how old the data is (RFC 9111 §5.1).
    private func answer(
        _ question: Question,
        _ view: FleetView,
        about cluster: ClusterView,
        make: (_ origin: String) -> JSONObject
    ) -> Response {
        let origin = RequestedOrigin(of: question.request).description
        let asked = ArraySlice("\(origin)\n\(question.text)".utf8)
        let representation = answers.answer(to: asked, generation: view.generation) {
            JSONAnswer.representation(make(origin).encoded)
        }
        var fields: HTTPFields = [:]
        if let success = fleet.tally(of: cluster.id).lastSuccessAt {
            fields[.age] = String(max(0, (now - success).milliseconds / 1000))
        }
        return .representation(representation, fields: fields)
    }
}
