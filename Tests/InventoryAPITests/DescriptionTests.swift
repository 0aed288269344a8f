import ClusterLinks
import ExactJSON
import HTTPServing
import HTTPTypes
import Inventory
import InventoryAPI
import Testing

struct DescriptionTests {
    @Test func everyRouteIsDescribedAndNothingElse() async throws {
        try await APIFixture.with { fixture in
            let interface = InventoryAPI(
                inventory: fixture.store,
                time: fixture.clock,
                polls: fixture.polls,
                upstream: fixture.upstream,
                service: fixture.facts,
                policy: AccessPolicy()
            )
            let routes = try interface.makeRouter().routes
            let document = try await fixture.get("/openapi.json").json
            #expect(document["openapi"] == "3.1.0")
            let operations = Self.operations(of: document)
            #expect(
                Set(operations.map { "\($0.method) \($0.path) \($0.json["operationId"]?.string ?? "")" })
                    == Set(routes.map { "\($0.method.rawValue) \($0.template) \($0.id)" })
            )
            #expect(operations.count == routes.count)
        }
    }

    @Test func everyReferenceLeadsSomewhereAndEveryPathParameterIsDescribed() async throws {
        try await APIFixture.with { fixture in
            let document = try await fixture.get("/openapi.json").json
            let schemas = Set(document["components"]?.object?["schemas"]?.object?.members.map(\.name) ?? [])
            let references = Self.references(in: .object(document))
            #expect(references == Set(schemas.map { "#/components/schemas/" + $0 }))
            for operation in Self.operations(of: document) {
                let parameters = operation.json["parameters"]?.array?.compactMap(\.object) ?? []
                let inPath = parameters.filter { $0["in"] == "path" }.compactMap { $0["name"]?.string }
                let named = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }
                #expect(inPath == named.map { String($0.dropFirst().dropLast()) })
                #expect(Set(parameters.compactMap { $0["name"]?.string }).count == parameters.count)
            }
        }
    }

    /// Every described parameter is taken and every member of an answer is described.
    @Test func answersAreWhatIsDescribed() async throws {
        let token = AccessPolicy.Token(name: "root", role: .admin) { "secret" }
        let fields = ["Content-Type": "application/json", "Authorization": "Bearer secret"]
        let clusters = ["lkc-1", "lkc-2"].map { ClusterDescription(id: ClusterID($0)) }
        try await APIFixture.with(clusters: clusters, policy: AccessPolicy(tokens: [token], allowsManagement: true)) {
            fixture in
            try await fixture.list([item("orders", ["link_error": "TIMEOUT_ERROR"]), ["link_name": ""]])
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([item("orders", ["link_state": "ACTIVE"]), item("lone", ["source_cluster_id": "x"])])
            for _ in 0..<2 {
                try await fixture.list([item("orders", ["link_state": "FAILED"])], on: ClusterID("lkc-2"))
                fixture.clock.advance(by: .seconds(1))
            }
            await fixture.fail("timeout")
            await fixture.store.storeSightings()
            let names = try await Self.names(fixture, fields)
            let document = try await fixture.get("/openapi.json", fields).json
            for operation in Self.operations(of: document) {
                let path = names.reduce(operation.path) { $0.replacing("{\($1.key)}", with: $1.value) }
                let types = operation.json["responses"]?.object?["200"]?.object?["content"]?.object
                // A stream has no end.
                let isEndless = types?["text/event-stream"] != nil
                let required = operation.json["parameters"]?.array?.compactMap(\.object).filter {
                    $0["in"] == "query" && $0["required"] == true
                }
                // All that are required are instants, but for the name of a link, which this may be as well.
                let query = (required ?? []).compactMap { $0["name"]?.string }.map { "\($0)=2027-01-15T08:00:00Z" }
                let answer = try await fixture.client.send(
                    isEndless ? "HEAD" : operation.method,
                    query.isEmpty ? path : path + "?" + query.joined(separator: "&"),
                    fields: fields,
                    body: Self.bodies[operation.id] ?? ""
                )
                let statuses = operation.json["responses"]?.object?.members.compactMap { Int($0.name) }
                #expect(statuses == [answer.status], "\(path) \(answer.text)")
                #expect((operation.json["requestBody"] == nil) == (Self.bodies[operation.id] == nil))
                guard answer.fields["content-type"] == "application/json" else { continue }
                let content = operation.json["responses"]?.object?["200"]?.object?["content"]?.object
                let schema = try #require(content?["application/json"]?.object?["schema"]?.object)
                Self.check(try JSONValue(parsing: answer.body), schema, document, "\(operation.method) \(path)")
            }
        }
    }

    private static let matcher = #"{"name":"link_name","value":"x.*","isRegex":true}"#
    /// Of the operations that take one.
    private static let bodies = [
        "create_kafka_link": #"{"source_cluster_id":"lkc-2"}"#,
        "query": #"{"sql":"SELECT 1","parameters":[1]}"#,
        "acknowledgeAlert": #"{"comment":"on it"}"#,
        "createSilence": #"{"matchers":[\#(matcher)],"ends_at":"2027-01-16T00:00:00Z","comment":"move"}"#,
    ]

    /// What stands for the names in paths: a link, an alert that fires, its incident and a silence.
    private static func names(_ fixture: APIFixture, _ fields: [String: String]) async throws -> [String: String] {
        let silence = try await fixture.client.send(
            "POST",
            "/api/v1/silences",
            fields: fields,
            body: bodies["createSilence"] ?? ""
        )
        let alert = try await fixture.get("/api/v1/alerts?state=firing", fields).items.first
        return [
            "cluster_id": "lkc-1", "link_name": "orders", "silence_id": try #require(silence.json["id"]?.string),
            "alert_id": try #require(alert?["id"]?.string),
            "incident_id": try #require(alert?["incident_id"]?.string),
        ]
    }

    private struct Operation {
        let method: String
        let path: String
        let json: JSONObject

        var id: String { json["operationId"]?.string ?? "" }
    }

    private static func operations(of document: JSONObject) -> [Operation] {
        (document["paths"]?.object?.members ?? []).flatMap { path in
            (path.value.object?.members ?? []).map { member in
                Operation(method: member.name.uppercased(), path: path.name, json: member.value.object ?? [:])
            }
        }
    }

    private static func references(in value: JSONValue) -> Set<String> {
        switch value {
        case .object(let object):
            object.members.reduce(into: []) { references, member in
                if member.name == "$ref", let text = member.value.string { references.insert(text) }
                references.formUnion(Self.references(in: member.value))
            }
        case .array(let elements): elements.reduce(into: []) { $0.formUnion(references(in: $1)) }
        default: []
        }
    }

    /// As much of JSON Schema as the description uses.
    private static func check(_ value: JSONValue, _ schema: JSONObject, _ document: JSONObject, _ place: String) {
        if let name = schema["$ref"]?.string?.split(separator: "/").last.map(String.init) {
            let schemas = document["components"]?.object?["schemas"]?.object
            return check(value, schemas?[name]?.object ?? [:], document, place)
        }
        let types = schema["type"]?.array?.compactMap(\.string) ?? schema["type"]?.string.map { [$0] } ?? []
        #expect(
            types.isEmpty || types.contains(type(of: value))
                || types.contains("number") && type(of: value) == "integer",
            "\(place)"
        )
        if let values = schema["enum"]?.array { #expect(values.contains(value), "\(place)") }
        switch value {
        case .object(let object):
            for name in schema["required"]?.array?.compactMap(\.string) ?? [] {
                #expect(object[name] != nil, "\(place) lacks \(name)")
            }
            for member in object.members {
                let member = (name: member.name, value: member.value)
                let known = schema["properties"]?.object?[member.name]?.object ?? schema["additionalProperties"]?.object
                #expect(known != nil || schema["properties"] == nil, "\(place) does not tell of \(member.name)")
                if let known { check(member.value, known, document, "\(place) \(member.name)") }
            }
        case .array(let elements):
            for element in elements { check(element, schema["items"]?.object ?? [:], document, place + " []") }
        default: break
        }
    }

    private static func type(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .number(let number): number.int == nil ? "number" : "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
