import ClusterLinks
import ExactJSON
import HTTPServing
import HTTPTypes
import Inventory

/// Confluent's own resource from the cache: what existing Kafka REST clients read unchanged.
extension InventoryAPI {
    private static let includeTasks = Parameter("include_tasks", "true adds the tasks of the link.")

    var confluentRoutes: [APIRoute] {
        [
            APIRoute(
                "/kafka/v3/clusters/{cluster_id}/links",
                id: "list_kafka_links",
                summary: "The links of a cluster in Confluent's shape, unpaginated, ghosts included",
                answer: .confluent,
                handler: .immediate { list($0) }
            ),
            APIRoute(
                "/kafka/v3/clusters/{cluster_id}/links/{link_name}",
                id: "get_kafka_link",
                summary: "One link in Confluent's shape",
                parameters: [Self.includeTasks],
                answer: .confluent,
                handler: .immediate { get($0) }
            ),
        ]
    }

    private func list(_ request: Request) -> Response {
        let view = view
        switch observed(request, in: view) {
        case .failure(let error): return error.response
        case .success(let cluster):
            return answer(request, view, about: cluster) { base in
                let address = base + LinkJSON.path(cluster: cluster.id.rawValue)
                let items = cluster.links.map { JSONValue.object(ConfluentJSON.item($0, base: base, withTasks: false)) }
                return [
                    "kind": "KafkaLinkDataList", "metadata": ["self": .string(address), "next": .null],
                    "data": .array(items + cluster.ghosts.map(JSONValue.object)),
                ]
            }
        }
    }

    private func get(_ request: Request) -> Response {
        let view = view
        switch observed(request, in: view) {
        case .failure(let error): return error.response
        case .success(let cluster):
            let withTasks = (try? request.queryItems())?.last { $0.name == Self.includeTasks.name }?.value == "true"
            guard !request.parameters["link_name"].isEmpty else { return ConfluentError.invalidLinkName.response }
            guard let record = cluster.link(named: request.parameters["link_name"]) else {
                return ConfluentError.linkNotFound(name: request.parameters["link_name"]).response
            }
            return answer(request, view, about: cluster) { base in
                ConfluentJSON.item(record, base: base, withTasks: withTasks)
            }
        }
    }

    private func observed(_ request: Request, in view: FleetView) -> Result<ClusterView, ConfluentError> {
        let id = request.parameters["cluster_id"]
        guard let cluster = view.cluster(ClusterID(id)), cluster.isConfigured else {
            return .failure(.clusterNotFound(id: id))
        }
        return cluster.wasListed ? .success(cluster) : .failure(.notPolledYet(id: id))
    }

    /// The answer, finished once for each generation and host; `Age` tells how old the data is (RFC 9111 §5.1).
    private func answer(
        _ request: Request,
        _ view: FleetView,
        about cluster: ClusterView,
        make: (_ base: String) -> JSONObject
    ) -> Response {
        let base = "http://" + (request.authority ?? "localhost")
        let question = "\(base)\n\(request.path)?\(request.query ?? "")"
        let representation = answers.answer(to: question, generation: view.generation) {
            JSONAnswer.representation(make(base).encoded)
        }
        var fields: HTTPFields = [:]
        if let success = fleet.tally(of: cluster.id).lastSuccessAt {
            fields[.age] = String(max(0, (now - success).milliseconds / 1000))
        }
        return .representation(representation, fields: fields)
    }
}
