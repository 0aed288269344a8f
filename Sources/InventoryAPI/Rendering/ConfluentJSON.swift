import ClusterLinks
import ExactJSON
import HTTPServing
import HTTPTypes
import Inventory

/// How a link is written in Kafka REST v3.
enum ConfluentJSON {
    /// The fields that Kafka REST always has; the others stand only where the upstream told them.
    static func item(_ record: LinkRecord, base: String, withTasks: Bool) -> JSONObject {
        let content = record.link.content
        let address = base + LinkJSON.path(cluster: record.cluster.rawValue, link: record.link.name.rawValue)
        var json: JSONObject = [
            "kind": content.fields["kind"] ?? "KafkaLinkData",
            "metadata": ["self": .string(address), "resource_name": .null],
        ]
        for name in ["source_cluster_id", "destination_cluster_id", "remote_cluster_id"] {
            json[name] = content.fields[name] ?? .null
        }
        for member in content.fields.members where member.name != "tasks" { json[member.name] = member.value }
        json["topic_names"] = content.fields["topic_names"] ?? []
        if withTasks { json["tasks"] = content.fields["tasks"] ?? [] }
        return json
    }
}

/// The errors of Kafka REST as this service gives them: `{"error_code","message"}`.
enum ConfluentError: Error {
    case clusterNotFound(id: String)
    case linkNotFound(name: String)
    case invalidLinkName
    /// No list of the cluster has been seen yet, so that nothing can be said of its links.
    case notPolledYet(id: String)

    var response: Response {
        let (status, code, message): (HTTPResponse.Status, Int, String) =
            switch self {
            case .clusterNotFound(let id): (.notFound, 404, "Cluster \(id) cannot be found.")
            case .linkNotFound(let name): (.notFound, 404, "The cluster link \(name) does not exist.")
            case .invalidLinkName: (.badRequest, 400, "Invalid Cluster Link Name.")
            case .notPolledYet(let id):
                (.serviceUnavailable, 50302, "Cluster \(id) has not been polled successfully yet.")
            }
        let body: JSONObject = ["error_code": .int(code), "message": .string(message)]
        var response = Response.bytes(body.encoded, contentType: JSONAnswer.contentType, status: status)
        if status == .serviceUnavailable { response.fields[.retryAfter] = "5" }
        return response
    }
}
