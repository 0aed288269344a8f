import ClusterLinks
import ExactJSON

/// Reads an answer member by member; what is not there is null.
extension JSONValue {
    subscript(name: String) -> JSONValue { object?[name] ?? .null }

    subscript(index: Int) -> JSONValue {
        guard let array, array.indices.contains(index) else { return .null }
        return array[index]
    }

    /// The rows of a list answer.
    var rows: [JSONValue] { self["data"].array ?? [] }

    var texts: [String] { (array ?? []).compactMap(\.string) }

    var instant: Instant? { string.flatMap(Instant.init(rfc3339:)) }

    var seconds: Double? {
        if case .number(let number) = self { number.double } else { nil }
    }
}
