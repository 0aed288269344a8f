import ExactJSON
import HTTPServing
import HTTPTypes

/// The description of the interface in OpenAPI 3.1, made from the table of routes, so that it cannot tell another story.
enum OpenAPIDescription {
    /// The route that serves the description of the others, and of itself.
    static func route(for routes: [APIRoute]) -> APIRoute {
        let own = route { _ in Response() }
        let representation = JSONAnswer.representation(document(of: routes + [own]).encoded)
        return route { _ in .representation(representation) }
    }

    private static func route(_ handle: @escaping @Sendable (Question) throws -> Response) -> APIRoute {
        APIRoute(
            "/openapi.json",
            id: "getDescription",
            summary: "This description",
            answer: .item(.description),
            handler: .immediate(handle)
        )
    }

    private static func document(of routes: [APIRoute]) -> JSONObject {
        var paths = JSONObject()
        for route in routes {
            var path = paths[route.template]?.object ?? [:]
            path[route.method.rawValue.lowercased()] = .object(operation(route))
            paths[route.template] = .object(path)
        }
        var schemas = JSONObject()
        for schema in Schema.allCases { schemas[schema.rawValue] = .object(SchemaField.object(schema.fields)) }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "linkwatch", "version": "1",
                "summary": "The inventory and the history of a fleet's Confluent cluster links",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "paths": .object(paths),
            "components": [
                "schemas": .object(schemas),
                "securitySchemes": [
                    "bearer": ["type": "http", "scheme": "bearer"],
                    "basic": [
                        "type": "http", "scheme": "basic",
                        "description": "The password is a token; the name is not read.",
                    ],
                ],
            ],
        ]
    }

    private static func operation(_ route: APIRoute) -> JSONObject {
        var operation: JSONObject = [
            "operationId": .string(route.id),
            "summary": .string(route.summary),
            "parameters": .array(pathParameters(route) + route.parameters.map(queryParameter)),
        ]
        if let role = route.role {
            let management = route.isManagement ? " and, in the configuration, management: true" : ""
            operation["description"] = .string("Takes the role \(role.rawValue)\(management).")
            // Nobody needs a token where none is configured.
            operation["security"] = [["bearer": []], ["basic": []], [:]]
        } else {
            operation["security"] = []
        }
        if let body = route.body {
            operation["requestBody"] = [
                "required": true, "content": .object(media([JSONAnswer.contentType], body.reference)),
            ]
        }
        operation["responses"] = .object(responses(route))
        return operation
    }

    private static func pathParameters(_ route: APIRoute) -> [JSONValue] {
        route.template.split(separator: "/").filter { $0.hasPrefix("{") }.map { segment in
            [
                "name": .string(String(segment.dropFirst().dropLast())), "in": "path", "required": true,
                "schema": ["type": "string", "minLength": 1],
            ]
        }
    }

    private static func queryParameter(_ parameter: Parameter) -> JSONValue {
        var json: JSONObject = [
            "name": .string(parameter.title), "in": "query", "description": .string(parameter.meaning),
        ]
        if parameter.isRequired { json["required"] = true }
        switch parameter.form {
        case .text: json["schema"] = ["type": "string"]
        case .instant: json["schema"] = ["type": "string", "format": "date-time"]
        case .sequence: json["schema"] = ["type": "integer", "minimum": 0, "format": "int64"]
        case .duration: json["schema"] = ["type": "string", "pattern": "^(0|([0-9]+(y|w|d|h|m|s|ms))+)$"]
        case .limit: json["schema"] = ["type": "integer", "minimum": 1, "maximum": 1000, "default": 100]
        case .choice(let values): json["schema"] = .object(FieldType.oneOf(values).json)
        case .family, .list:
            // A comma list: https://spec.openapis.org/oas/v3.1.0#style-examples
            json["style"] = "form"
            json["explode"] = false
            json["schema"] = .object(FieldType.list(of: element(of: parameter)).json)
        case .repeated:
            json["style"] = "form"
            json["explode"] = true
            json["schema"] = .object(FieldType.list(of: .text).json)
        }
        return .object(json)
    }

    private static func element(of parameter: Parameter) -> FieldType {
        if case .list(let values) = parameter.form, !values.isEmpty { .oneOf(values) } else { .text }
    }

    private static func responses(_ route: APIRoute) -> JSONObject {
        let content: JSONObject?
        var status = 200
        switch route.answer {
        case .list(let schema, let beside):
            let list: [SchemaField] = [
                SchemaField("data", .list(of: .schema(schema))),
                SchemaField("next_cursor", .nullable(.text), "Null on the last page."),
            ]
            content = media([JSONAnswer.contentType], SchemaField.object(list + beside))
        case .item(let schema): content = media([JSONAnswer.contentType], schema.reference)
        case .array(let schema):
            content = media([JSONAnswer.contentType], FieldType.list(of: .schema(schema)).json)
        case .text(let types): content = media(types, FieldType.text.json)
        case .itemOrText(let schema, let types):
            content = JSONObject(
                (media([JSONAnswer.contentType], schema.reference).members + media(types, FieldType.text.json).members)
                    .map { ($0.name, $0.value) }
            )
        case .passedOn(let successful, let schema):
            status = successful
            content = schema.map { media([JSONAnswer.contentType], $0.reference) }
        }
        var success: JSONObject = ["description": .string(route.summary)]
        if let content { success["content"] = .object(content) }
        let failure =
            APIRoute.isConfluent(route.template)
            ? media([JSONAnswer.contentType], Schema.kafkaError.reference)
            : media(["application/problem+json"], Schema.problem.reference)
        var responses = JSONObject()
        responses[String(status)] = .object(success)
        responses["default"] = ["description": "What is wrong with the request", "content": .object(failure)]
        return responses
    }

    private static func media(_ types: [String], _ schema: JSONObject) -> JSONObject {
        JSONObject(types.map { ($0, ["schema": .object(schema)]) })
    }
}
