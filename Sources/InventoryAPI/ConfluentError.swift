import ExactJSON
import HTTPServing
import HTTPTypes

/// What Kafka REST says of a cluster or a link that it cannot show.
enum ConfluentError: Error, Hashable {
    case clusterNotFound(id: String)
    case linkNotFound
    /// No list of the cluster has been seen yet, so that nothing can be said of its links.
    case notPolledYet(id: String)
}

extension ConfluentError: ProblemError {
    var problem: Problem {
        switch self {
        case .clusterNotFound(let id): Problem(status: .notFound, detail: "Cluster \(id) cannot be found.")
        case .linkNotFound: Problem(status: .notFound, detail: "The cluster link doesn't exist.")
        case .notPolledYet(let id):
            Problem(
                status: .serviceUnavailable,
                detail: "Cluster \(id) has not been polled successfully yet.",
                fields: [.retryAfter: "5"]
            )
        }
    }

    /// Any problem in the shape of Kafka REST: `{"error_code","message"}`.
    static func response(_ problem: Problem) -> Response {
        let body: JSONObject = [
            "error_code": .int(codes[problem.status.code] ?? problem.status.code), "message": .string(problem.detail),
        ]
        var fields = problem.fields
        fields[.contentType] = JSONAnswer.contentType
        fields[.cacheControl] = "no-store"
        return Response(status: problem.status, fields: fields, body: .bytes(body.encoded))
    }

    /// The five digits that Kafka REST refines some statuses with; for the others the code is the status.
    private static let codes = [400: 40002, 401: 40101, 403: 40301, 500: 50002, 503: 50302]
}
