import ClusterLinks
import HTTPServing
import HTTPTypes
import Inventory
import KafkaREST

/// What of Kafka REST is not in the inventory: asked of the cluster each time, and answered as it answers.
extension InventoryAPI {
    private static let mirrorStatus = Parameter("mirror_status", "Only mirror topics in this state, such as ACTIVE.")

    var upstreamRoutes: [APIRoute] {
        [
            APIRoute(
                "/kafka/v3/clusters/{cluster_id}/links/{link_name}/configs",
                id: "list_kafka_link_configs",
                summary: "The settings of a link as its cluster tells them now; sensitive ones have no value there",
                answer: .passedOn(status: 200, .kafkaDataList),
                handler: .asynchronous { try await read(.configs(of: Self.linkName($0.linkName)), $0) }
            ),
            APIRoute(
                "/kafka/v3/clusters/{cluster_id}/links/{link_name}/mirrors",
                id: "list_kafka_mirror_topics_under_link",
                summary: "The mirror topics of a link, with their lags, as its cluster tells them now",
                parameters: [Self.mirrorStatus],
                answer: .passedOn(status: 200, .kafkaDataList),
                handler: .asynchronous {
                    try await read(.mirrors(of: Self.linkName($0.linkName), status: Self.status(in: $0)), $0)
                }
            ),
            APIRoute(
                "/kafka/v3/clusters/{cluster_id}/links/-/mirrors",
                id: "list_kafka_mirror_topics",
                summary: "The mirror topics of all links of a cluster, as it tells them now",
                parameters: [Self.mirrorStatus],
                answer: .passedOn(status: 200, .kafkaDataList),
                handler: .asynchronous { try await read(.mirrors(of: nil, status: Self.status(in: $0)), $0) }
            ),
        ]
    }

    private func read(_ operation: ForwardedRequest.Operation, _ question: Question) async throws -> Response {
        let request = try Self.request(operation)
        let cluster = try configured(question.clusterID)
        let answer: ForwardedAnswer
        do throws(ForwardRefusal) {
            answer = try await upstream.read(request, of: cluster)
        } catch {
            throw ConfluentError(error, to: request, cluster: cluster)
        }
        var response = Self.passedOn(answer)
        let count = answer.body.count
        guard count > UnsentAnswers.small else { return response }
        guard let place = unsentAnswers.place(for: count) else {
            throw ConfluentError.busy(cluster: cluster.rawValue)
        }
        response.body = .stream(contentLength: count) { writer in
            // The place is held until the client has taken all, or is gone.
            defer { withExtendedLifetime(place) {} }
            try await writer.write(answer.body)
        }
        return response
    }

    /// Which states there are is the cluster's to say; what cannot be the name of one is refused here.
    private static func status(in question: Question) throws -> String? {
        guard let status = question[mirrorStatus.name] else { return nil }
        let isWord = (1...64).contains(status.utf8.count) && status.utf8.allSatisfy { $0.isPartOfState }
        guard isWord else {
            throw APIProblem.badParameter(
                name: mirrorStatus.name,
                value: status,
                allowed: "a state of mirror topics such as ACTIVE"
            )
        }
        return status
    }

    static func linkName(_ text: String) throws(ConfluentError) -> LinkName {
        guard let name = LinkName(text) else { throw .noLinkName }
        return name
    }

    static func request(_ operation: ForwardedRequest.Operation) throws(ConfluentError) -> ForwardedRequest {
        do throws(LinkNameFault) {
            return try ForwardedRequest(operation)
        } catch {
            throw .badLinkName(error)
        }
    }

    /// A cluster that can be asked, be it that none of its lists was ever seen.
    func configured(_ id: ClusterID) throws(ConfluentError) -> ClusterID {
        guard let cluster = view.cluster(id), cluster.isConfigured else { throw .clusterNotFound(id: id.rawValue) }
        return id
    }

    /// A cluster's answer as it came, with a `Via` (RFC 9110 §7.6.3) that tells it from linkwatch's own.
    ///
    /// It may be a page of HTML, which is kept from running anything where linkwatch's own page and its token live.
    static func passedOn(_ answer: ForwardedAnswer) -> Response {
        var fields: HTTPFields = [.cacheControl: "no-store", .via: "1.1 linkwatch"]
        fields[.contentSecurityPolicy] = "sandbox; default-src 'none'"
        fields[.contentType] = answer.contentType
        fields[.retryAfter] = answer.retryAfter
        return Response(
            status: HTTPResponse.Status(code: answer.status),
            fields: fields,
            body: answer.body.isEmpty ? .empty : .bytes(answer.body)
        )
    }
}

extension UInt8 {
    fileprivate var isPartOfState: Bool {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
