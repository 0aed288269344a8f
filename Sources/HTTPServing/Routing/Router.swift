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
    /// Asked before it is told that a path or a method is not there, or which methods are; nil tells everyone.
    let gate: RequestGate?
    /// Which other origins' pages may read answers, asked for each of them; nil where none ever may.
    let crossOrigin: (@Sendable () -> CrossOrigin?)?

    /// Makes a router; refuses bad templates, routes that answer the same paths, and ids given twice.
    ///
    /// - Parameters:
    ///   - gate: what requests that match no route are behind.
    ///   - crossOrigin: which other origins' pages may read answers now.
    ///   - answer: what the client is told of a problem; a problem document where nothing else is said.
    package init(
        _ routes: [Route],
        gate: RequestGate? = nil,
        crossOrigin: (@Sendable () -> CrossOrigin?)? = nil,
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
        self.gate = gate
        self.crossOrigin = crossOrigin
        knownMethods = Set(routes.map(\.method.rawValue)).union(Self.standardMethods)
    }

    /// RFC 9110 §9.3 and RFC 5789.
    private static let standardMethods: Set = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"]

    /// What a request comes to before any handler ran.
    enum Match {
        case route(Int, PathParameters)
        case problem(Problem)
        /// OPTIONS, answered for every resource alike (RFC 9110 §9.3.7).
        case options(allow: String)
    }

    /// Finds the route a request is for.
    func match(_ head: RequestHead) -> Match {
        if head.target.form == .asterisk { return .options(allow: Self.allow(routes.map(\.method))) }
        guard let end = tree.find(PathSegments(head.bytes, head.target.path.range)) else { return unmatched(head) }
        guard let index = route(at: end, for: head.method) else { return unmatched(head, at: end) }
        guard !end.captured.isEmpty else { return .route(index, PathParameters()) }
        guard let parameters = parameters(of: index, head, end) else { return .problem(Self.undecodable) }
        return .route(index, parameters)
    }

    private func route(at end: RouteTree.End, for method: HTTPRequest.Method) -> Int? {
        if let index = tree.route(at: end, for: method) { return index }
        return method == .head ? tree.route(at: end, for: .get) : nil
    }

    private func parameters(of index: Int, _ head: RequestHead, _ end: RouteTree.End) -> PathParameters? {
        var captured = end.captured.makeIterator()
        var pairs: [(String, String)] = []
        for case .parameter(let name) in templates[index].segments {
            guard let segment = captured.next(), let value = PercentEncoding.decode(head.bytes[segment]) else {
                return nil
            }
            pairs.append((name, value))
        }
        return PathParameters(pairs)
    }

    private static let undecodable = Problem(status: .badRequest, detail: "the path is not percent-encoded UTF-8")

    /// - Parameter end: where the path ends in the tree, if it has another method's routes there.
    private func unmatched(_ head: RequestHead, at end: RouteTree.End? = nil) -> Match {
        // RFC 9110 §9.1: a method known to no resource at all is 501, not 405.
        guard knownMethods.contains(head.method.rawValue) else {
            return .problem(RequestRefusal.unimplementedMethod.problem)
        }
        guard PathSegments(head.bytes, head.target.path.range).isDecodable else { return .problem(Self.undecodable) }
        guard let end else { return .problem(Problem(status: .notFound, detail: "there is no such resource")) }
        let allow = Self.allow(tree.methods(at: end))
        if head.method == .options { return .options(allow: allow) }
        // RFC 9110 §15.5.6: Allow is required.
        return .problem(
            Problem(
                status: .methodNotAllowed,
                detail: "\(head.method.rawValue) is not allowed here; allowed are \(allow)",
                fields: [.allow: allow]
            )
        )
    }

    private static func allow(_ methods: [HTTPRequest.Method]) -> String {
        var names = Set(methods.map(\.rawValue))
        if names.contains("GET") { names.insert("HEAD") }
        names.insert("OPTIONS")
        return names.sorted().joined(separator: ", ")
    }
}
