import ExactJSON
import Testing

@testable import LinkWatch

/// The shape of Grafana's dashboard; there is no Grafana in Debian to open it with.
struct DashboardTests {
    private struct Place: Hashable {
        let x: Int
        let y: Int
    }

    @Test func `it is a dashboard that Grafana can import anywhere`() throws {
        let dashboard = try Dashboard.shipped()
        let json = dashboard.json
        #expect(json["uid"].string == "linkwatch")
        #expect(json["title"].string?.isEmpty == false)
        #expect(json["schemaVersion"].int == 39)
        // An id is the importing Grafana's to give.
        #expect(json["id"].isNull)
        let variables = Dictionary(dashboard.variables.map { ($0["name"].string ?? "", $0) }) { $1 }
        #expect(Set(variables.keys) == ["datasource", "cluster", "link"])
        #expect(variables["datasource"]?["type"].string == "datasource")
        #expect(variables["datasource"]?["query"].string == "prometheus")
        for name in ["cluster", "link"] {
            #expect(variables[name]?["type"].string == "query")
            #expect(variables[name]?["datasource"]["uid"].string == "${datasource}")
            #expect(variables[name]?["includeAll"].bool == true)
            #expect(variables[name]?["allValue"].string == ".*")
        }
    }

    @Test func `panels have ids and places of their own, and say what they show`() throws {
        let panels = try Dashboard.shipped().panels
        #expect(panels.count > 20)
        #expect(Set(panels.compactMap { $0["id"].int }).count == panels.count)
        var taken: Set<Place> = []
        for panel in panels {
            let title = panel["title"].string ?? ""
            #expect(!title.isEmpty)
            let grid = panel["gridPos"]
            let (x, y) = (try #require(grid["x"].int), try #require(grid["y"].int))
            let (width, height) = (try #require(grid["w"].int), try #require(grid["h"].int))
            #expect(x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 24, "\(title)")
            for row in y..<(y + height) {
                for column in x..<(x + width) {
                    #expect(taken.insert(Place(x: column, y: row)).inserted, "\(title) lies on another panel")
                }
            }
            guard panel["type"].string != "row" else { continue }
            #expect(["stat", "table", "timeseries", "state-timeline"].contains(panel["type"].string), "\(title)")
            #expect(panel["description"].string?.isEmpty == false, "\(title)")
            #expect(panel["datasource"]["uid"].string == "${datasource}", "\(title)")
            let targets = panel["targets"].array ?? []
            #expect(!targets.isEmpty, "\(title)")
            #expect(Set(targets.compactMap { $0["refId"].string }).count == targets.count, "\(title)")
            #expect(targets.allSatisfy { $0["datasource"]["uid"].string == "${datasource}" }, "\(title)")
        }
    }

    @Test func `queries use variables that there are`() throws {
        let dashboard = try Dashboard.shipped()
        let known = Set(dashboard.variables.compactMap { $0["name"].string } + ["__rate_interval", "__range"])
        for query in dashboard.queries {
            let used = query.expression.matches(of: /\$\{?([a-zA-Z_]+)/).map { String($0.output.1) }
            #expect(Set(used).isSubset(of: known), "\(query.panel)")
        }
    }

    @Test func `its link goes to the runbook that the rules name`() throws {
        let link = try #require(try Dashboard.shipped().json["links"][0]["url"].string)
        #expect(link == PrometheusRules.runbook)
    }
}
