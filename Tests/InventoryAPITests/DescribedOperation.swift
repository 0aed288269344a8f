import ExactJSON
import Testing

/// What `/openapi.json` tells of one route, as far as bad input needs it.
struct DescribedOperation: Sendable, CustomTestStringConvertible {
    let method: String
    let path: String
    /// Names and schemas of what goes into the query.
    let parameters: [(name: String, schema: JSONObject)]

    var testDescription: String { "\(method) \(path)" }

    var isConfluent: Bool { path.hasPrefix("/kafka") }

    static func all(in document: JSONObject) -> [DescribedOperation] {
        (document["paths"]?.object?.members ?? []).flatMap { path in
            (path.value.object?.members ?? []).map { member in
                let parameters = (member.value.object?["parameters"]?.array ?? []).compactMap(\.object)
                return DescribedOperation(
                    method: member.name.uppercased(),
                    path: path.name,
                    parameters: parameters.filter { $0["in"] == "query" }.map { parameter in
                        let name = parameter["name"]?.string ?? ""
                        return (name.replacing("NAME", with: "env"), parameter["schema"]?.object ?? [:])
                    }
                )
            }
        }
    }

    /// Whether a cluster answers it, to which no name is unknown here.
    var isPassedOn: Bool {
        isConfluent && (method != "GET" || path.hasSuffix("/configs") || path.hasSuffix("/mirrors"))
    }

    /// The path with something in the place of what it names.
    func target(cluster: String = "lkc-1", link: String = "orders") -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            switch segment {
            case "{cluster_id}": cluster
            case "{link_name}": link
            default: segment.hasPrefix("{") ? link : String(segment)
            }
        }.joined(separator: "/")
    }

    /// What the parameters must have so that nothing but what a test breaks is wrong.
    var required: [(name: String, value: String)] {
        path == "/api/v1/diff" ? [("from", "2027-01-15T08:00:00Z"), ("to", "2027-01-15T08:00:30Z")] : []
    }

    func query(_ name: String, _ value: String) -> String {
        (required.filter { $0.name != name } + [(name, value)]).map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    /// Values that a parameter of this schema must refuse, as they stand in a query.
    static func badValues(of name: String, _ schema: JSONObject) -> [String] {
        if schema["format"] == "date-time" {
            return [
                "", "yesterday", "2027-01-15", "2027-13-01T00:00:00Z", "2027-02-30T00:00:00Z", "2027-01-15T08:00:00",
                "1800000000", "-1", "2027-01-15T08:00:00%00Z", "2027-01-15T08:00:00+99:00", "%FF",
                "99999-01-01T00:00:00Z", "2027-01-15T24:00:01Z", String(repeating: "2", count: 300),
            ]
        }
        if schema["type"] == "integer" {
            return ["", "-1", "ten", "1e1", "1.0", "%2B1", "0x1", "99999999999999999999", "1%00"]
        }
        // A flag may stand without a value, as in Kubernetes.
        if schema["enum"] != nil { return (name == "verbose" ? [] : [""]) + ["nonsense", "%00", "%FF"] }
        return switch name {
        case "cursor": ["garbage", "", "%00", "%FF", "AAAA", String(repeating: "A", count: 300)]
        case "window", "wait": ["", "30", "d", "-1d", "1x", "1.5d", "99999999999999999999d", "%00", "30d30d"]
        case "after": ["", "-1", "last", "1.0", "99999999999999999999", "9223372036854775808", "%00"]
        default: []
        }
    }
}
