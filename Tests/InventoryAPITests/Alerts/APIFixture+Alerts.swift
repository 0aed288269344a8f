import Alerting
import ClusterLinks
import ExactJSON
import Inventory
import Testing

extension APIFixture {
    static let broken: JSONObject = ["link_error": "TIMEOUT_ERROR", "link_error_message": "no answer"]

    /// Polls that list the same, a minute apart; the clock stands a minute after the last.
    func list(_ items: [JSONObject], times: Int, on cluster: ClusterID = cluster) async throws {
        for _ in 0..<times {
            try await list(items, on: cluster)
            clock.advance(by: .seconds(60))
        }
        await store.storeSightings()
    }

    /// Polls that fail, a minute apart.
    func fail(_ reason: String, times: Int, on cluster: ClusterID = cluster) async {
        for _ in 0..<times {
            await fail(reason, on: cluster)
            clock.advance(by: .seconds(60))
        }
        await store.storeSightings()
    }

    /// Lists the links in error until their alerts fire.
    func fire(_ links: String..., on cluster: ClusterID = cluster) async throws {
        try await list(links.map { item($0, Self.broken) }, times: 2, on: cluster)
    }

    func alerts(_ query: String = "") async throws -> [JSONObject] {
        let answer = try await get("/api/v1/alerts" + query)
        #expect(answer.status == 200, "\(query) \(answer.text)")
        return answer.items
    }

    /// A list in the pages that its cursors lead to.
    /// - Parameter target: says how many items a page has.
    func pages(_ target: String) async throws -> [JSONObject] {
        var items: [JSONObject] = []
        var next: String? = ""
        while let cursor = next {
            let answer = try await get(target + cursor)
            items += answer.items
            next = answer.nextCursor.map { "&cursor=" + $0 }
        }
        return items
    }

    /// The id of the one alert that fires.
    func firingID() async throws -> String {
        let firing = try await alerts("?state=firing")
        try #require(firing.count == 1)
        return try #require(firing[0]["id"]?.string)
    }

    @discardableResult
    func post(_ target: String, _ body: String, _ fields: [String: String] = [:]) async throws -> Answer {
        try await client.send(
            "POST",
            target,
            fields: fields.merging(["Content-Type": "application/json"]) { $1 },
            body: body
        )
    }

    @discardableResult
    func delete(_ target: String, _ fields: [String: String] = [:]) async throws -> Answer {
        try await client.send(
            "DELETE",
            target,
            fields: fields.merging(["Content-Type": "application/json"]) { $1 }
        )
    }

    /// Keeps a silence of one label for the seconds that come, and gives its id.
    @discardableResult
    func silence(_ name: String, _ value: String, from start: Int = 0, to end: Int = 3600) async throws -> String {
        let (start, end) = (clock.now().advanced(by: .seconds(start)), clock.now().advanced(by: .seconds(end)))
        let answer = try await post(
            "/api/v1/silences",
            """
            {"matchers":[{"name":"\(name)","value":"\(value)"}],"starts_at":"\(start)","ends_at":"\(end)",
            "created_by":"ada","comment":"maintenance"}
            """
        )
        #expect(answer.status == 200, "\(answer.text)")
        return try #require(answer.json["id"]?.string)
    }
}

extension JSONObject {
    subscript(path names: String...) -> JSONValue? {
        names.dropLast().reduce(Optional(self)) { $0?[$1]?.object }.flatMap { $0[names.last ?? ""] }
    }
}
