import HTTPTypes

/// The table of routes, and the finding of the one a request is for.
///
/// A raw path is split at `/` before its segments are decoded, so `%2F` belongs to a segment; empty segments count;
/// literal segments go before parameters. GET routes answer HEAD, and OPTIONS and 405 tell what is allowed.
package struct Router: Sendable {
    /// The routes in the order they were given.
    package let routes: [Route]
    private let templates: [RouteTemplate]
    private let tree: RouteTree
    /// The methods that some resource here has, besides those the standard defines.
    private let knownMethods: Set<String>
    /// Turns every problem of a request, found here, by the gate or by a handler, into its answer.
    let answer: ProblemAnswer

    /// Makes a router; refuses bad templates, routes that answer the same paths, and ids given twice.
    ///
    /// - Parameter answer: what the client is told of a problem; a problem document where nothing else is said.
    package init(
        _ routes: [Route],
        answeringProblems answer: @escaping ProblemAnswer = { $0.response(to: $1) }
    ) throws(RouterError) {
        var tree = RouteTree()
        var templates: [RouteTemplate] = []
        var ids: [String: String] = [:]
        for (index, route) in routes.enumerated() {
            let template = try RouteTemplate(parsing: route.template)
            if let other = ids.updateValue(route.template, forKey: route.id) {
                throw .duplicateID(route.id, template: route.template, other: other)
            }
            if let other = tree.insert(template, route.method, route: index) {
                throw .clash(
                    method: route.method.rawValue,
                    template: route.template,
                    other: routes[other].template
                )
            }
            templates.append(template)
        }
        self.routes = routes
        self.templates = templates
        self.tree = tree
        self.answer = answer
        knownMethods = Set(routes.map(\.method.rawValue)).union(Self.standardMethods)
    }

    /// RFC 9110 §9.3 and RFC 5789.
    private static let standardMethods: Set = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"]

    /// What a request comes to before any handler ran.
    enum Match: Sendable {
        case route(RouteHandler)
        case answer(Response)
    }

    /// Finds the route and notes its template and parameters in the request.
    func match(_ request: inout Request) -> Match {
        let head = request.head
        guard knownMethods.contains(head.method.rawValue) else {
            // RFC 9110 §9.1: a method known to no resource at all is 501, not 405.
            return .answer(answer(RequestRefusal.unimplementedMethod.problem, request))
        }
        if head.target.form == .asterisk {
            return .answer(Response(status: .noContent, fields: [.allow: Self.allow(routes.map(\.method))]))
        }
        let path = PathSegments(head.bytes, head.target.path.range)
        guard path.isDecodable else {
            return .answer(
                answer(Problem(status: .badRequest, detail: "the path is not percent-encoded UTF-8"), request)
            )
        }
        guard let end = tree.find(path) else {
            return .answer(answer(Problem(status: .notFound, detail: "there is no such resource"), request))
        }
        guard let index = route(at: end, for: head.method) else { return .answer(unmatched(request, at: end)) }
        request.routeTemplate = routes[index].template
        if !end.captured.isEmpty { request.parameters = parameters(of: index, path, end) }
        return .route(routes[index].handler)
    }

    private func route(at end: RouteTree.End, for method: HTTPRequest.Method) -> Int? {
        if let index = tree.route(at: end, for: method) { return index }
        return method == .head ? tree.route(at: end, for: .get) : nil
    }

    private func parameters(of index: Int, _ path: PathSegments, _ end: RouteTree.End) -> PathParameters {
        var captured = end.captured.makeIterator()
        var pairs: [(String, String)] = []
        for case .parameter(let name) in templates[index].segments {
            guard let segment = captured.next(), let value = path.decoded(segment) else { break }
            pairs.append((name, value))
        }
        return PathParameters(pairs)
    }

    private func unmatched(_ request: Request, at end: RouteTree.End) -> Response {
        let allow = Self.allow(tree.methods(at: end))
        if request.method == .options { return Response(status: .noContent, fields: [.allow: allow]) }
        // RFC 9110 §15.5.6: Allow is required.
        let problem = Problem(
            status: .methodNotAllowed,
            detail: "\(request.method.rawValue) is not allowed here; allowed are \(allow)",
            fields: [.allow: allow]
        )
        return answer(problem, request)
    }

    private static func allow(_ methods: [HTTPRequest.Method]) -> String {
        var names = Set(methods.map(\.rawValue))
        if names.contains("GET") { names.insert("HEAD") }
        names.insert("OPTIONS")
        return names.sorted().joined(separator: ", ")
    }
}
