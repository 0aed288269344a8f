import ClusterLinks
import ExactJSON
import HTTPServing

/// A request whose query was checked: only known parameters, each once.
struct Question: Sendable {
    let request: Request
    /// The members of the body, as far as the route reads one.
    let body: JSONObject
    private let values: [String: String]
    /// Those of the parameters that may be given several times.
    private let repeatedValues: [String: [String]]

    init(_ request: Request, knowing known: [Parameter], body schema: Schema? = nil) throws {
        var values: [String: String] = [:]
        var repeatedValues: [String: [String]] = [:]
        for item in try request.queryItems() {
            guard let parameter = known.first(where: { $0.matches(item.name) }) else {
                throw APIProblem.unknownParameter(
                    name: item.name,
                    known: known.map(\.title)
                )
            }
            if parameter.form == .repeated {
                repeatedValues[item.name, default: []].append(item.value)
                continue
            }
            guard values.updateValue(item.value, forKey: item.name) == nil else {
                throw APIProblem.repeatedParameter(name: item.name)
            }
        }
        self.request = request
        self.values = values
        self.repeatedValues = repeatedValues
        body = try schema.map { try RequestBody.read(request, as: $0) } ?? [:]
    }

    /// The path and the query as they were sent: equal ones ask the same.
    var text: String { request.query.map { "\(request.path)?\($0)" } ?? request.path }

    /// The cluster that the path names.
    var clusterID: ClusterID { ClusterID(request.parameters["cluster_id"]) }

    /// The link that the path names.
    var linkName: String { request.parameters["link_name"] }

    subscript(_ name: String) -> String? { values[name] }

    /// Who asks; known for whatever changes something.
    var principal: Principal {
        get throws {
            guard let principal = request.caller as? Principal else {
                throw APIProblem.unauthenticated(reason: "nobody knows who asks: send a token of auth.tokens")
            }
            return principal
        }
    }

    /// The values of a parameter that may be given several times, in their order.
    func repeated(_ name: String) -> [String] { repeatedValues[name] ?? [] }

    /// The values of a comma list; nil where the parameter is not given.
    func list(_ name: String) -> [String]? {
        values[name].map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    /// The parameters of a family, by what follows its beginning.
    func family(_ prefix: String) -> [(name: String, values: [String])] {
        values.keys.filter { $0.hasPrefix(prefix) }.sorted().map { key in
            (String(key.dropFirst(prefix.count)), list(key) ?? [])
        }
    }

    var limit: Int {
        get throws {
            guard let text = values["limit"] else { return 100 }
            guard text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains), let limit = Int(text),
                (1...1000).contains(limit)
            else {
                throw APIProblem.badParameter(name: "limit", value: text, allowed: "a whole number from 1 to 1000")
            }
            return limit
        }
    }

    /// Which incarnation of a name is meant; nil where that is not said.
    var incarnation: ClusterLinkID? {
        get throws {
            guard let text = self[Parameter.clusterLinkID.name] else { return nil }
            guard let id = ClusterLinkID(text) else {
                throw APIProblem.badParameter(
                    name: Parameter.clusterLinkID.name,
                    value: text,
                    allowed: "the cluster_link_id of one link"
                )
            }
            return id
        }
    }

    /// A parameter that is true or false, and false where it is not given.
    /// - Parameter isTrueBare: whether the name without a value says true.
    func flag(_ name: String, isTrueBare: Bool = false) throws -> Bool {
        switch values[name] {
        case nil, "false"?: return false
        case "true"?: return true
        case ""? where isTrueBare: return true
        case let text?: throw APIProblem.badParameter(name: name, value: text, allowed: "true or false")
        }
    }

    func instant(_ name: String) throws -> Instant? {
        guard let text = values[name] else { return nil }
        guard let instant = Instant(rfc3339: text) else {
            throw APIProblem.badParameter(
                name: name,
                value: text,
                allowed: "an RFC 3339 instant like 2026-11-22T18:00:00Z (a + in it is written %2B)"
            )
        }
        return instant
    }

    /// An instant that is not to come; clocks may differ by five seconds.
    func pastInstant(_ name: String, now: Instant) throws -> Instant? {
        guard let instant = try instant(name) else { return nil }
        guard instant <= now.advanced(by: .seconds(5)) else {
            throw APIProblem.badParameter(
                name: name,
                value: values[name] ?? "",
                allowed: "an instant that has come: it is \(now) here"
            )
        }
        return instant
    }

    /// The span that `from` and `to` tell, as far as they are given.
    func window(now: Instant) throws -> (from: Instant?, to: Instant?) {
        let (from, to) = (try pastInstant("from", now: now), try pastInstant("to", now: now))
        if let from, let to, from > to {
            throw APIProblem.badParameter(
                name: "from",
                value: from.description,
                allowed: "an instant not after to (\(to))"
            )
        }
        return (from, to)
    }

    /// One of the values of a closed set, or a comma list of them.
    func choices<Value: RawRepresentable & CaseIterable>(_ name: String) throws -> [Value]?
    where Value.RawValue == String {
        try list(name)?.map { text in
            guard let value = Value(rawValue: text) else {
                throw APIProblem.badParameter(
                    name: name,
                    value: text,
                    allowed: "one or more of \(Value.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            return value
        }
    }

    func choice<Value: RawRepresentable & CaseIterable>(_ name: String, default: Value) throws -> Value
    where Value.RawValue == String {
        let values: [Value]? = try choices(name)
        guard let values else { return `default` }
        guard values.count == 1 else {
            throw APIProblem.badParameter(
                name: name,
                value: self[name] ?? "",
                allowed: "one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        return values[0]
    }

    /// Tells this question from others: a cursor belongs to the filters it was made with.
    var fingerprint: String {
        values.filter { !["cursor", "limit"].contains($0.key) }.sorted { $0.key < $1.key }
            .map { "\($0.key.count):\($0.key)=\($0.value)" }.joined(separator: "&")
    }
}
