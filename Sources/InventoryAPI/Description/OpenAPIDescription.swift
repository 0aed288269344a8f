import ExactJSON
import HTTPServing
import HTTPTypes

/// The description of the interface in OpenAPI 3.1, made from the table of routes, so that it cannot tell another story.
enum OpenAPIDescription {
    /// The route that serves the description of the others, and of itself.
    static func route(for routes: [APIRoute]) -> APIRoute {
        let own = APIRoute(
            "/openapi.json",
            id: "getDescription",
            summary: "This description",
            handler: .immediate { _ in Response() }
        )
        let representation = JSONAnswer.representation(document(of: routes + [own]).encoded)
        return APIRoute(
            own.template,
            id: own.id,
            summary: own.summary,
            handler: .immediate { _ in .representation(representation) }
        )
    }

    private static func document(of routes: [APIRoute]) -> JSONObject {
        var paths = JSONObject()
        for route in routes {
            var path = paths[route.template]?.object ?? [:]
            path[route.method.rawValue.lowercased()] = .object(operation(route))
            paths[route.template] = .object(path)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "linkwatch", "version": "1",
                "summary": "The inventory and the history of a fleet's Confluent cluster links",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "paths": .object(paths),
            "components": .object(components),
        ]
    }

    private static func operation(_ route: APIRoute) -> JSONObject {
        var operation: JSONObject = [
            "operationId": .string(route.id),
            "summary": .string(route.summary),
            "parameters": .array(pathParameters(route) + route.parameters.map(queryParameter)),
            "responses": .object(responses(route)),
        ]
        if let role = route.role {
            operation["security"] = [["bearer": [.string(role.rawValue)]], [:]]
        } else {
            operation["security"] = []
        }
        return operation
    }

    private static func pathParameters(_ route: APIRoute) -> [JSONValue] {
        route.template.split(separator: "/").filter { $0.hasPrefix("{") }.map { segment in
            [
                "name": .string(String(segment.dropFirst().dropLast())), "in": "path", "required": true,
                "schema": ["type": "string"],
            ]
        }
    }

    private static func queryParameter(_ parameter: Parameter) -> JSONValue {
        let name = parameter.isPrefix ? parameter.name + "NAME" : parameter.name
        let type: JSONValue =
            parameter == .limit ? ["type": "integer", "minimum": 1, "maximum": 1000] : ["type": "string"]
        return ["name": .string(name), "in": "query", "description": .string(parameter.meaning), "schema": type]
    }

    private static func responses(_ route: APIRoute) -> JSONObject {
        let (type, schema): (String, JSONValue) =
            switch route.answer {
            case .list: ("application/json", ["$ref": "#/components/schemas/List"])
            case .item, .confluent: ("application/json", ["type": "object"])
            case .text(let type): (type, ["type": "string"])
            }
        let failure: JSONValue
        if case .confluent = route.answer {
            failure = content("application/json", ["$ref": "#/components/schemas/KafkaError"], "An error of Kafka REST")
        } else {
            failure = content(
                "application/problem+json",
                ["$ref": "#/components/schemas/Problem"],
                "A problem document"
            )
        }
        return ["200": content(type, schema, route.summary), "default": failure]
    }

    private static func content(_ type: String, _ schema: JSONValue, _ description: String) -> JSONValue {
        ["description": .string(description), "content": [type: ["schema": schema]]]
    }

    private static var components: JSONObject {
        [
            "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]],
            "schemas": [
                "List": [
                    "type": "object", "required": ["data", "next_cursor"],
                    "properties": [
                        "data": ["type": "array", "items": ["type": "object"]],
                        "next_cursor": ["type": ["string", "null"]],
                    ],
                ],
                "Problem": [
                    "type": "object", "required": ["type", "title", "status", "detail"],
                    "properties": [
                        "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
                        "detail": ["type": "string"], "instance": ["type": "string"],
                    ],
                ],
                "KafkaError": [
                    "type": "object", "required": ["error_code", "message"],
                    "properties": ["error_code": ["type": "integer"], "message": ["type": ["string", "null"]]],
                ],
            ],
        ]
    }
}
