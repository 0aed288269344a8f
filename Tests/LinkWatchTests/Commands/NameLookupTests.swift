import ExactJSON
import ServiceClient
import Testing

@testable import LinkWatch

/// What is meant by the name of a cluster.
struct NameLookupTests {
    /// A service with these clusters.
    private struct Clusters: Respondent {
        let rows: [(id: String, name: String, isConfigured: Bool)]

        func exchange(_ request: ServiceRequest) async throws(ServiceError) -> ServiceAnswer {
            guard request.path.count == 3 else {
                let problem: JSONValue = ["type": "unknown-cluster", "title": "Not found", "status": 404, "detail": ""]
                return ServiceAnswer(status: 404, body: problem.encoded)
            }
            let data = rows.map { row -> JSONValue in
                ["cluster_id": .string(row.id), "name": .string(row.name), "configured": .bool(row.isConfigured)]
            }
            let list: JSONValue = ["data": .array(data), "next_cursor": .null]
            return ServiceAnswer(status: 200, body: list.encoded)
        }
    }

    @Test func `a name is that of the cluster which is configured, whatever had it before`() async throws {
        let clusters = [("lkc-1", "orders", false), ("lkc-2", "orders", true), ("lkc-3", "old", false)]
        let lookup = NameLookup(Clusters(rows: clusters))
        #expect(try await lookup.cluster("orders") == "lkc-2")
        #expect(try await lookup.cluster("old") == "lkc-3")
    }

    @Test(arguments: [true, false])
    func `a name of several clusters is asked back`(isConfigured: Bool) async throws {
        let lookup = NameLookup(Clusters(rows: [("lkc-1", "orders", isConfigured), ("lkc-2", "orders", isConfigured)]))
        await #expect {
            _ = try await lookup.cluster("orders")
        } throws: {
            "\($0)" == "several clusters have the name orders: give one of the ids lkc-1, lkc-2"
        }
    }

    @Test(arguments: [("orders-eu", "orders-eu"), ("orders eu", "'orders eu'"), ("$(o)'s", #"'$(o)'\''s'"#)])
    func `a command that is advised can be pasted`(_ cluster: String, _ argument: String) {
        let error = UnknownName.link("a", cluster: cluster, suggestion: nil)
        #expect("\(error)".contains("`linkwatch links --cluster \(argument)`"))
    }
}
