import HTTPServing
import HTTPTypes
import Testing

/// Questions of the same process, without a connection.
struct RespondingTests {
    private struct Refused: Error {}

    private func router() throws -> Router {
        try Router([
            Route(
                .get,
                "/things/{name}",
                id: "thing",
                summary: "",
                handler: .immediate { request in
                    .bytes(
                        Array("\(request.parameters["name"])?\(request.query ?? "")".utf8),
                        contentType: "text/plain"
                    )
                }
            ),
            Route(
                .post,
                "/things",
                id: "make",
                summary: "",
                handler: .asynchronous { request in
                    .bytes(request.body, contentType: request[.contentType] ?? "", status: .created)
                }
            ),
            Route(
                .get,
                "/kept",
                id: "kept",
                summary: "",
                handler: .atHand(
                    { _ in nil },
                    otherwise: { _ in
                        .representation(Representation(contentType: "text/plain", body: Array("kept".utf8)))
                    }
                )
            ),
            Route(
                .get,
                "/closed",
                id: "closed",
                summary: "",
                gate: { _ in
                    throw Problem(status: .forbidden, detail: "not you")
                },
                handler: .immediate { _ in Response() }
            ),
            Route(.get, "/broken", id: "broken", summary: "", handler: .immediate { _ in throw Refused() }),
            Route(
                .get,
                "/endless",
                id: "endless",
                summary: "",
                handler: .immediate { _ in
                    Response(body: .stream { _ in })
                }
            ),
        ])
    }

    @Test(
        arguments: [
            (.get, "/things/a%2Fb?q=1", 200, "a/b?q=1"), (.post, "/things", 201, "body"), (.get, "/kept", 200, "kept"),
            (.get, "/closed", 403, "not you"), (.get, "/nowhere", 404, "no such resource"), (.put, "/kept", 405, "GET"),
            (.get, "/things/%FF", 400, "percent-encoded"), (.get, "/broken", 500, "Refused"),
            (.get, "/endless", 501, "has no end"),
            (.options, "/kept", 204, ""),
        ] as [(HTTPRequest.Method, String, Int, String)]
    )
    func `an answer is the one that a connection would have had`(
        _ method: HTTPRequest.Method,
        _ target: String,
        _ status: Int,
        _ mention: String
    ) async throws {
        let answer = try await router().respond(
            to: method,
            target,
            fields: [.contentType: "text/plain"],
            body: Array("body".utf8)
        )
        #expect(answer.status.code == status)
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(mention.isEmpty ? text.isEmpty : text.contains(mention), "\(text)")
    }
}
