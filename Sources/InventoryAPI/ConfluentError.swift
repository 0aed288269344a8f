import ClusterLinks
import ExactJSON
import HTTPServing
import HTTPTypes
import KafkaREST

/// What is said in Kafka REST's own shape of a request that no cluster has answered.
enum ConfluentError: Error, Hashable {
    case clusterNotFound(id: String)
    case linkNotFound
    /// No list of the cluster has been seen yet, so that nothing can be said of its links.
    case notPolledYet(id: String)
    /// Nobody may create or delete links here.
    case managementOff
    case noLinkName
    case badLinkName(LinkNameFault)
    /// The reason shows nothing of the body.
    case badBody(reason: String)
    case busy(cluster: String)
    case notStored
    case unavailable
    /// The cluster was asked, or was to be, and gave no answer that is passed on.
    case noAnswer(ForwardFailure, isWrite: Bool, cluster: String)

    init(_ refusal: ForwardRefusal, to request: ForwardedRequest, cluster: ClusterID) {
        self =
            switch refusal {
            case .notConfigured: .clusterNotFound(id: cluster.rawValue)
            case .busy: .busy(cluster: cluster.rawValue)
            case .notStored: .notStored
            case .unavailable: .unavailable
            case .failed(let failure):
                .noAnswer(failure, isWrite: request.isWrite && !request.isTrial, cluster: cluster.rawValue)
            }
    }
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
        case .managementOff:
            Problem(
                status: .forbidden,
                detail:
                    "Links are not created or deleted through this linkwatch. To turn that on, set management: true in its "
                    + "configuration, reload it, and send a token of auth.tokens with the role admin."
            )
        case .noLinkName: Self.invalidName("link_name is missing or empty")
        case .badLinkName(let fault): Self.invalidName("\(fault)")
        case .badBody(let reason):
            Problem(
                status: .badRequest,
                detail: "The body is not what create_kafka_link takes: \(reason). Send an object such as "
                    + #"{"source_cluster_id":"…","configs":[{"name":"…","value":"…"}]}."#
            )
        case .busy(let cluster):
            Problem(
                status: .tooManyRequests,
                detail:
                    "As many requests as may be are being passed on to cluster \(cluster) or all clusters: ask again in a "
                    + "moment.",
                fields: [.retryAfter: "1"]
            )
        case .notStored:
            Problem(
                status: .serviceUnavailable,
                detail: "The cluster was not asked: the audit cannot be written, as the database refuses writes.",
                fields: [.retryAfter: "5"]
            )
        case .unavailable:
            Problem(
                status: .serviceUnavailable,
                detail: "The cluster was not asked: linkwatch is starting or stopping.",
                fields: [.retryAfter: "1"]
            )
        case .noAnswer(let failure, let isWrite, let cluster):
            Problem(
                status: failure.status,
                detail: "Cluster \(cluster) gave no answer that is passed on (\(failure))."
                    + (isWrite ? " \(failure.mayHaveBeenCarriedOut ? Self.unknownOutcome : Self.nothingDone)" : "")
            )
        }
    }

    /// Link resources say 400 of a name, where the others say 40002.
    private static func invalidName(_ reason: String) -> Problem {
        var problem = Problem(status: .badRequest, detail: "Invalid Cluster Link Name: \(reason).")
        problem.numbers = [(errorCode, 400)]
        return problem
    }

    private static let unknownOutcome =
        "It is not known whether the request was carried out: look at the links of the cluster before it is repeated."
    private static let nothingDone = "The request was not carried out."

    /// Any problem in the shape of Kafka REST: `{"error_code","message"}`.
    static func response(_ problem: Problem) -> Response {
        let own = problem.numbers.first { $0.0 == errorCode }.map { Int($0.1) }
        let code = own ?? codes[problem.status.code] ?? problem.status.code
        let body: JSONObject = [errorCode: .int(code), "message": .string(problem.detail)]
        var fields = problem.fields
        fields[.contentType] = JSONAnswer.contentType
        fields[.cacheControl] = "no-store"
        return Response(status: problem.status, fields: fields, body: .bytes(body.encoded))
    }

    private static let errorCode = "error_code"

    /// The five digits that Kafka REST refines some statuses with; for the others the code is the status.
    private static let codes = [400: 40002, 401: 40101, 403: 40301, 429: 42901, 500: 50002, 503: 50302]
}

extension ForwardFailure {
    /// Whose fault it is, in the words of a gateway (RFC 9110 §15.6.3 to §15.6.5).
    fileprivate var status: HTTPResponse.Status {
        switch reason {
        case .timeout: .gatewayTimeout
        case .cancelled: .serviceUnavailable
        default: .badGateway
        }
    }
}
