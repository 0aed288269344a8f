import HTTPTypes
import Testing

@testable import HTTPServing

struct RouterTests {
    private func router(_ routes: (HTTPRequest.Method, String)...) throws -> Router {
        try Router(
            routes.map { method, template in
                Route(
                    method,
                    template,
                    id: "\(method.rawValue) \(template)",
                    summary: "",
                    handler: .immediate { _ in Response() }
                )
            }
        )
    }

    /// The template and the parameters, or the status of the answer.
    private func match(_ router: Router, _ method: HTTPRequest.Method, _ target: String, _ names: String...) -> String {
        switch router.match(Request.make(method: method, target: target).head) {
        case .route(let index, let parameters):
            return ([router.routes[index].template] + names.map { "\($0)=\(parameters[$0])" })
                .joined(separator: " ")
        case .problem(let problem):
            return ["\(problem.status.code)", problem.fields[.allow]].compactMap(\.self).joined(separator: " ")
        case .options(let allow):
            return "204 \(allow)"
        }
    }

    @Test func `parameters are whole segments, decoded once`() throws {
        let router = try router((.get, "/c/{id}/links/{name}"), (.get, "/c/{id}"))
        #expect(match(router, .get, "/c/a%2Fb/links/x%2520y", "id", "name") == "/c/{id}/links/{name} id=a/b name=x%20y")
        #expect(match(router, .get, "/c/%C3%A4?q=/c/d", "id") == "/c/{id} id=ä")
        #expect(match(router, .get, "/c/../links/.", "id", "name") == "/c/{id}/links/{name} id=.. name=.")
        #expect(match(router, .get, "/c/a+b", "id", "other") == "/c/{id} id=a+b other=")
    }

    @Test func `empty segments count`() throws {
        let router = try router((.get, "/c"), (.get, "/c/{id}"), (.get, "/"), (.get, "/d/"))
        #expect(match(router, .get, "/") == "/")
        #expect(match(router, .get, "") == "/")
        #expect(match(router, .get, "/c") == "/c")
        #expect(match(router, .get, "/c/") == "404")
        #expect(match(router, .get, "//c") == "404")
        #expect(match(router, .get, "/d") == "404")
        #expect(match(router, .get, "/d/") == "/d/")
    }

    @Test func `literal segments go before parameters, and a branch that leads nowhere is left again`() throws {
        let router = try router((.get, "/l/pairs"), (.get, "/l/{name}"), (.get, "/l/{name}/history"))
        #expect(match(router, .get, "/l/pairs") == "/l/pairs")
        #expect(match(router, .get, "/l/p%61irs") == "/l/pairs")
        #expect(match(router, .get, "/l/other", "name") == "/l/{name} name=other")
        #expect(match(router, .get, "/l/pairs/history", "name") == "/l/{name}/history name=pairs")
    }

    @Test func `a wrong method is told what is allowed`() throws {
        let router = try router(
            (.get, "/a"),
            (.post, "/a"),
            (.delete, "/b"),
            (HTTPRequest.Method("FROB") ?? .get, "/c")
        )
        #expect(match(router, .head, "/a") == "/a")
        #expect(match(router, .put, "/a") == "405 GET, HEAD, OPTIONS, POST")
        #expect(match(router, .get, "/b") == "405 DELETE, OPTIONS")
        #expect(match(router, .options, "/b") == "204 DELETE, OPTIONS")
        #expect(match(router, HTTPRequest.Method("FROB") ?? .get, "/b") == "405 DELETE, OPTIONS")
        #expect(match(router, HTTPRequest.Method("get") ?? .get, "/a") == "501")
        #expect(match(router, .put, "/zzz") == "404")
    }

    @Test(arguments: ["/%", "/%4", "/%zz", "/%ff", "/a/%00", "/%C3"])
    func `a path that cannot be decoded is a bad request`(_ path: String) throws {
        #expect(match(try router((.get, "/{a}")), .get, path) == "400")
    }

    @Test(arguments: ["", "a", "/{", "/{}", "/a{b}", "/{a}b", "/{a}/{a}", "/}", "/{{a}}", "/%61"])
    func `a bad template is refused`(_ template: String) {
        #expect(throws: RouterError.self) { try router((.get, template)) }
    }

    @Test func `routes that answer the same paths are refused, naming both`() {
        #expect(throws: RouterError.clash(method: "GET", template: "/a/{y}", other: "/a/{x}")) {
            try router((.get, "/a/{x}"), (.get, "/a/{y}"))
        }
        #expect(throws: RouterError.duplicateID("same", template: "/b", other: "/a")) {
            try Router(
                ["/a", "/b"].map {
                    Route(.get, $0, id: "same", summary: "", handler: .immediate { _ in Response() })
                }
            )
        }
    }
}
