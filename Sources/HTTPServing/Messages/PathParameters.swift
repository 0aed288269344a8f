/// What the names in a route's template stand for in one request's path.
package struct PathParameters: Sendable {
    private var pairs: [(name: String, value: String)]

    init(_ pairs: [(String, String)] = []) {
        self.pairs = pairs.map { (name: $0.0, value: $0.1) }
    }

    /// The decoded segment; empty for a name the template does not have.
    package subscript(_ name: String) -> String {
        pairs.first { $0.name == name }?.value ?? ""
    }

    /// Whether the route has no parameters.
    package var isEmpty: Bool { pairs.isEmpty }
}
