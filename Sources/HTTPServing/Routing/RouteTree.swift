import HTTPTypes

/// The table of routes as a tree of segments, in an array so that it is a value.
struct RouteTree: Sendable {
    private struct Node: Sendable {
        var literals: [(segment: [UInt8], node: Int)] = []
        var parameter: Int?
        var routes: [(method: HTTPRequest.Method, route: Int)] = []
    }

    /// A place in the tree where paths end.
    struct End: Sendable {
        fileprivate let node: Int
        /// The segments that parameters stand for.
        let captured: [Range<Int>]
    }

    private var nodes = [Node()]

    /// Adds a route; returns the one that is there already for the same method and the same paths.
    mutating func insert(_ template: RouteTemplate, _ method: HTTPRequest.Method, route: Int) -> Int? {
        var node = 0
        for segment in template.segments { node = child(of: node, for: segment) }
        if let existing = nodes[node].routes.first(where: { $0.method == method }) { return existing.route }
        nodes[node].routes.append((method, route))
        return nil
    }

    private mutating func child(of node: Int, for segment: RouteTemplate.Segment) -> Int {
        switch segment {
        case .literal(let bytes):
            if let known = nodes[node].literals.first(where: { $0.segment == bytes }) { return known.node }
            nodes.append(Node())
            nodes[node].literals.append((bytes, nodes.count - 1))
        case .parameter:
            if let known = nodes[node].parameter { return known }
            nodes.append(Node())
            nodes[node].parameter = nodes.count - 1
        }
        return nodes.count - 1
    }

    /// Finds where a path ends: literal segments go before parameters, and a branch that leads nowhere is left again.
    func find(_ path: PathSegments) -> End? {
        var captured: [Range<Int>] = []
        return find(path, from: path.first, below: 0, &captured)
    }

    private func find(
        _ path: PathSegments,
        from segment: Range<Int>?,
        below node: Int,
        _ captured: inout [Range<Int>]
    ) -> End? {
        guard let segment else { return nodes[node].routes.isEmpty ? nil : End(node: node, captured: captured) }
        let next = path.next(after: segment)
        for (literal, child) in nodes[node].literals where path.equals(segment, literal) {
            if let end = find(path, from: next, below: child, &captured) { return end }
        }
        // An empty segment is no value: an empty name would address the collection's own path.
        guard let child = nodes[node].parameter, !segment.isEmpty else { return nil }
        captured.append(segment)
        if let end = find(path, from: next, below: child, &captured) { return end }
        captured.removeLast()
        return nil
    }

    func route(at end: End, for method: HTTPRequest.Method) -> Int? {
        nodes[end.node].routes.first { $0.method == method }?.route
    }

    func methods(at end: End) -> [HTTPRequest.Method] { nodes[end.node].routes.map(\.method) }
}
