import HTTPServing
import HTTPTypes

/// The simulated part of Kafka REST v3 as routes: a request is turned into a value, its answer into a response.
struct UpstreamRoutes {
    /// Confluent Cloud and Confluent Server have the first prefix, the stand-alone REST Proxy the second.
    static let prefixes = ["/kafka/v3", "/v3"]

    private struct Row {
        let method: HTTPRequest.Method
        let path: String
        let id: String
        let summary: String
        let operation: @Sendable (PathParameters) -> UpstreamRequest.Operation

        init(
            _ method: HTTPRequest.Method,
            _ path: String,
            id: String,
            _ summary: String,
            operation: @escaping @Sendable (PathParameters) -> UpstreamRequest.Operation
        ) {
            self.method = method
            self.path = path
            self.id = id
            self.summary = summary
            self.operation = operation
        }
    }

    private static let rows = [
        Row(.get, "/links", id: "list_kafka_links", "List the cluster's links") { _ in .listLinks },
        Row(.post, "/links", id: "create_kafka_link", "Create a link") { _ in .createLink },
        Row(.get, "/links/-/mirrors", id: "list_kafka_mirrors", "List the mirror topics of all links") { _ in
            .listMirrors(link: nil)
        },
        Row(.get, "/links/{link_name}", id: "get_kafka_link", "Read one link") { .getLink($0["link_name"]) },
        Row(.delete, "/links/{link_name}", id: "delete_kafka_link", "Delete a link") {
            .deleteLink($0["link_name"])
        },
        Row(.get, "/links/{link_name}/configs", id: "list_kafka_link_configs", "List a link's configuration") {
            .listConfigs(link: $0["link_name"])
        },
        Row(.get, "/links/{link_name}/mirrors", id: "list_kafka_mirrors_of_link", "List a link's mirror topics") {
            .listMirrors(link: $0["link_name"])
        },
        // A path built from a ghost's empty name; a parameter never stands for an empty segment.
        Row(.get, "/links/", id: "get_ghost", "Refuse an empty link name") { _ in .getLink("") },
        Row(.get, "/links//", id: "get_ghost_below", "Refuse an empty link name") { _ in .getLink("") },
        Row(.get, "/links//configs", id: "list_ghost_configs", "Refuse an empty link name") { _ in
            .listConfigs(link: "")
        },
        Row(.get, "/links//mirrors", id: "list_ghost_mirrors", "Refuse an empty link name") { _ in
            .listMirrors(link: "")
        },
        Row(.delete, "/links/", id: "delete_ghost", "Refuse an empty link name") { _ in .deleteLink("") },
    ]

    let control: SimulatorControl

    var routes: [Route] {
        Self.prefixes.flatMap { prefix in
            Self.rows.map { row in
                Route(
                    row.method,
                    "\(prefix)/clusters/{cluster_id}\(row.path)",
                    id: row.id + prefix.replacing("/", with: "_"),
                    summary: row.summary,
                    handler: .asynchronous { request in
                        try await answer(request, row.operation(request.parameters), prefix: prefix)
                    }
                )
            }
        }
    }

    private func answer(
        _ request: Request,
        _ operation: UpstreamRequest.Operation,
        prefix: String
    ) async throws -> Response {
        let items = try request.queryItems().map { ($0.name, $0.value) }
        let answer = try control.answer(
            UpstreamRequest(
                operation,
                on: request.parameters["cluster_id"],
                query: Dictionary(items, uniquingKeysWith: { first, _ in first }),
                authorization: request[.authorization],
                identityPool: Self.identityPool.flatMap { request[$0] },
                base: "http://\(request.authority ?? "localhost")\(prefix)",
                body: request.body
            )
        )
        return try await AnswerDelivery(answer: answer, clock: control.clock).response()
    }

    private static let identityPool = HTTPField.Name("Confluent-Identity-Pool-Id")
}
