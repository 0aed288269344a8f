import ClusterLinks
import HTTPServing
import HTTPTypes
import KafkaREST

/// Creating and deleting links: passed on to the cluster in Confluent's own shape, where `management` allows it.
extension InventoryAPI {
    private static let flag = Parameter.Form.choice(["true", "false"])
    private static let linkName = Parameter("link_name", "What the link is to be called.", isRequired: true)
    private static let validateOnly = Parameter("validate_only", "true tries it and changes nothing.", flag)
    private static let validateLink = Parameter(
        "validate_link",
        "false creates the link although the other cluster cannot be reached.",
        flag
    )
    private static let force = Parameter("force", "true deletes the link although it has live mirror topics.", flag)

    var managementRoutes: [APIRoute] {
        [
            APIRoute(
                "/kafka/v3/clusters/{cluster_id}/links",
                method: .post,
                id: "create_kafka_link",
                summary: "Creates a link: the cluster's own answer, passed on; it shows in the inventory a while later",
                parameters: [Self.linkName, Self.validateOnly, Self.validateLink],
                body: .kafkaLinkCreation,
                checksBody: false,
                role: .admin,
                isManagement: true,
                answer: .passedOn(status: 201),
                handler: .asynchronous { try await create($0) }
            ),
            APIRoute(
                "/kafka/v3/clusters/{cluster_id}/links/{link_name}",
                method: .delete,
                id: "delete_kafka_link",
                summary: "Deletes a link: the cluster's own answer, passed on; it leaves the inventory a while later",
                parameters: [Self.force, Self.validateOnly],
                role: .admin,
                isManagement: true,
                answer: .passedOn(status: 204),
                handler: .asynchronous { try await delete($0) }
            ),
        ]
    }

    private func create(_ question: Question) async throws -> Response {
        guard let text = question[Self.linkName.name] else { throw ConfluentError.noLinkName }
        let body = question.request.body
        try LinkCreationBody.check(body)
        return try await write(
            .create(
                try Self.linkName(text),
                validateOnly: try question.givenFlag(Self.validateOnly.name),
                validateLink: try question.givenFlag(Self.validateLink.name),
                body: body
            ),
            question
        )
    }

    private func delete(_ question: Question) async throws -> Response {
        try await write(
            .delete(
                try Self.linkName(question.linkName),
                force: try question.givenFlag(Self.force.name),
                validateOnly: try question.givenFlag(Self.validateOnly.name)
            ),
            question
        )
    }

    private func write(_ operation: ForwardedRequest.Operation, _ question: Question) async throws -> Response {
        let request = try Self.request(operation)
        let cluster = try configured(question.clusterID)
        let principal = try question.principal
        do throws(ForwardRefusal) {
            return Self.passedOn(try await upstream.write(request, on: cluster, by: principal))
        } catch {
            throw ConfluentError(error, to: request, cluster: cluster)
        }
    }
}

extension Question {
    /// A parameter that is true or false, in these words: to an upstream any other may mean the contrary of what was meant.
    fileprivate func givenFlag(_ name: String) throws -> Bool? {
        self[name] == nil ? nil : try flag(name)
    }
}
