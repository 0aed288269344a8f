import ExactJSON
import Foundation

@testable import LinkWatch

/// Grafana's dashboard as it is shipped.
struct Dashboard {
    struct Query {
        let panel: String
        let expression: String
    }

    let json: JSONValue

    static func shipped() throws -> Dashboard {
        Dashboard(json: try JSONValue(parsing: Array(Repository.text("deploy/grafana/linkwatch.json").utf8)))
    }

    var panels: [JSONValue] { json["panels"].array ?? [] }
    var variables: [JSONValue] { json["templating"]["list"].array ?? [] }

    /// What its panels and annotations ask of Prometheus.
    var queries: [Query] {
        let asked = panels.flatMap { panel in
            (panel["targets"].array ?? []).map {
                Query(panel: panel["title"].string ?? "", expression: $0["expr"].string ?? "")
            }
        }
        return asked + annotations
    }

    var annotations: [Query] {
        (json["annotations"]["list"].array ?? []).compactMap { annotation in
            annotation["expr"].string.map { Query(panel: annotation["name"].string ?? "", expression: $0) }
        }
    }

    var variableQueries: [String] { variables.compactMap { $0["query"]["query"].string } }
}
