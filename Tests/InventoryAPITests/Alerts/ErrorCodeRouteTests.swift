import Alerting
import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct ErrorCodeRouteTests {
    private static let path = "/api/v1/error-codes"

    @Test func everyEntryOfTheCatalogueIsTold() async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get(Self.path + "?limit=1000")
            #expect(answer.items.count == ErrorCodeGuide.entries.count)
            for (item, entry) in zip(answer.items, ErrorCodeGuide.entries) {
                #expect(item["kind"]?.string == entry.kind.rawValue && item["code"]?.string == entry.code)
                #expect(item["task"]?.string == entry.task && item["basis"]?.string == entry.basis.rawValue)
                #expect(item["meaning"]?.string == entry.remediation.meaning)
                #expect(item["first_step"]?.string == entry.remediation.firstStep)
            }
            let unknown = (answer.json["unknown"]?.array ?? []).compactMap(\.object)
            #expect(
                unknown.map { $0["kind"] } == ["link_error", "link_state", "task_error", "cluster_unreachable"]
            )
            #expect(unknown.allSatisfy { $0["code"] == .null && $0["meaning"]?.string?.contains("not") == true })
        }
    }

    @Test(arguments: [
        ("?kind=link_missing", 1, 0), ("?kind=link_missing,link_unexpected", 2, 0),
        ("?code=TIMEOUT_ERROR", 1, 4), ("?code=timeout_error", 0, 4), ("?kind=link_error&code=NEW_ERROR", 0, 1),
        ("?kind=link_error&code=TIMEOUT_ERROR,AUTHENTICATION_ERROR", 2, 1), ("?code=", 0, 4),
    ])
    func filtersSelect(query: String, count: Int, unknown: Int) async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get(Self.path + query)
            #expect(answer.items.count == count, "\(answer.text.prefix(300))")
            #expect(answer.json["unknown"]?.array?.count == unknown)
        }
    }

    @Test func pagesGoOnWhereTheyEnded() async throws {
        try await APIFixture.with { fixture in
            let whole = try await fixture.get(Self.path + "?limit=1000&kind=task_error,link_state").items
            let paged = try await fixture.pages(Self.path + "?limit=7&kind=task_error,link_state")
            #expect(paged == whole)
        }
    }

    @Test func anAlertSaysWhatTheCatalogueSays() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("a", ["link_error": "TIMEOUT_ERROR"]), item("b", ["link_error": "NEW"])])
            let alerts = try await fixture.alerts()
            let known = try await fixture.get(Self.path + "?code=TIMEOUT_ERROR").items[0]
            let unknown = try await fixture.get(Self.path + "?kind=link_error&code=NEW").json["unknown"]?.array?[0]
            for (link, entry) in [("a", known), ("b", unknown?.object ?? [:])] {
                let remediation = alerts.first { $0["link_name"]?.string == link }?["remediation"]?.object
                for name in ["meaning", "likely_cause", "first_step", "link"] {
                    #expect(remediation?[name] == entry[name])
                }
            }
        }
    }

    @Test(arguments: ["?kind=link", "?limit=0", "?cursor=x", "?basis=name"])
    func aBadQuestionIsRefused(query: String) async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get(Self.path + query)
            #expect(answer.status == 400)
        }
    }
}
