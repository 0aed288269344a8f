import ExactJSON

/// One answer of `GET /clusters/{cluster_id}/links`: `{"kind", "metadata": {"self", "next"}, "data": […]}`.
struct LinkListPage: Sendable, Hashable {
    enum Next: Sendable, Hashable {
        case none
        case reference(String)
        /// `next` says something that is no address: there may be more links, and nobody can tell where.
        case unreadable
    }

    let value: JSONValue
    /// Confluent does not paginate this list: null in every known answer.
    let next: Next

    init(_ value: JSONValue) {
        self.value = value
        next =
            switch value.object?["metadata"]?.object?["next"] {
            case nil, .null, .string(""): .none
            case .string(let reference): .reference(reference)
            default: .unreadable
            }
    }
}
