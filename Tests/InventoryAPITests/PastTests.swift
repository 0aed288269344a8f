import ClusterLinks
import ExactJSON
import Inventory
import Testing

/// `at=`, `/api/v1/diff` and `/api/v1/errors`: the fleet's past.
struct PastTests {
    /// It is 08:10 after this.
    ///
    /// orders: listed at 08:00, broken 08:01, mended 08:03; audit appears at 08:02 and goes at 08:03; nothing is heard after
    /// 08:03 of lkc-1, and lkc-2 is heard of at 08:04 only.
    private static func withStory(_ body: (APIFixture) async throws -> Void) async throws {
        let clusters = [
            ClusterDescription(id: ClusterID("lkc-1"), name: "orders", labels: ["env": "prod"]),
            ClusterDescription(id: ClusterID("lkc-2"), labels: ["env": "dev"]),
        ]
        try await APIFixture.with(clusters: clusters) { fixture in
            let broken: JSONObject = ["link_error": "TIMEOUT_ERROR", "link_error_message": "slow"]
            try await fixture.list([item("orders")])
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list([item("orders", broken)])
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list([item("orders", broken), item("audit")])
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list([item("orders", ["topic_names": ["a", "c"]])])
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list([item("late", ["link_error": "UNKNOWN"])], on: ClusterID("lkc-2"))
            fixture.clock.advance(by: .seconds(360))
            await fixture.store.storeSightings()
            try await body(fixture)
        }
    }

    @Test(arguments: [
        ("07:59:59.999", []), ("08:00:00", ["orders ok"]), ("08:00:59.999", ["orders ok"]),
        ("08:01:00", ["orders error"]), ("08:02:00", ["audit ok", "orders error"]),
        ("08:02:59.999", ["audit ok", "orders error"]), ("08:03:00", ["orders ok"]),
        ("08:04:00", ["orders ok", "late error"]), ("08:05:59.999", ["orders ok", "late error"]),
        ("08:06:00", ["orders unknown", "late error"]), ("08:07:00", ["orders unknown", "late unknown"]),
    ])
    func theLinksOfAnInstantAreThoseThatWereListed(time: String, links: [String]) async throws {
        try await Self.withStory { fixture in
            let answer = try await fixture.get("/api/v1/links?at=2027-01-15T\(time)Z")
            #expect(answer.status == 200)
            #expect(answer.items.map { "\($0["link_name"]?.string ?? "") \($0["health"]?.string ?? "")" } == links)
        }
    }

    @Test func anAnswerSaysHowOldItsKnowledgeWasAndWhatWasNotObservedYet() async throws {
        try await Self.withStory { fixture in
            let answer = try await fixture.get("/api/v1/links?at=2027-01-15T08:03:30Z")
            #expect(answer.json["at"] == "2027-01-15T08:03:30.000Z")
            #expect(answer.json["not_yet_observed"] == ["lkc-2"])
            #expect(answer.items.first?["observed_at"] == "2027-01-15T08:03:00.000Z")
            #expect(answer.items.first?["age_seconds"] == 30)
            #expect(answer.fields["linkwatch-sequence"] == "5")
            #expect(try await fixture.get("/api/v1/links?at=2027-01-15T08:04:00Z").json["not_yet_observed"] == [])
        }
    }

    @Test(arguments: [
        ("label.env=dev&at=2027-01-15T08:05:00Z", ["late"]), ("health=error&at=2027-01-15T08:02:30Z", ["orders"]),
        ("link_error=TIMEOUT_ERROR&at=2027-01-15T08:02:30Z", ["orders"]),
        ("link_error=NO_ERROR&at=2027-01-15T08:02:30Z", ["audit"]), ("q=SLOW&at=2027-01-15T08:02:30Z", ["orders"]),
        ("sort=-link_name&at=2027-01-15T08:02:30Z", ["orders", "audit"]),
        ("configured=false&at=2027-01-15T08:02:30Z", []),
    ])
    func filtersAndOrdersHoldForThePastAsForThePresent(query: String, names: [String]) async throws {
        try await Self.withStory { fixture in
            let found = try await fixture.names("/api/v1/links?\(query)")
            #expect(found == names)
        }
    }

    @Test(arguments: ["links", "clusters/lkc-1/links"])
    func ofThePastOnlyWhatWasListedIsTold(path: String) async throws {
        try await Self.withStory { fixture in
            let target = "/api/v1/\(path)?at=2027-01-15T08:02:30Z"
            let answer = try await fixture.get(target + "&deleted=false")
            #expect(answer.items.map { $0["link_name"] } == ["audit", "orders"])
            #expect(try await fixture.get(target).items == answer.items)
            for value in ["true", "any", "odd"] {
                let refusal = try await fixture.get("\(target)&deleted=\(value)")
                #expect(refusal.status == 400)
                #expect(refusal.json["parameter"] == "deleted")
                #expect(
                    refusal.json["detail"]?.string?.hasPrefix("deleted=\(value) is not allowed: deleted takes ") == true
                )
            }
        }
    }

    @Test func pagesOfThePastJoinToTheWhole() async throws {
        try await Self.withStory { fixture in
            let target = "/api/v1/links?limit=1&at=2027-01-15T08:04:00Z"
            let first = try await fixture.get(target)
            let second = try await fixture.get(target + "&cursor=\(try #require(first.nextCursor))")
            #expect((first.items + second.items).map { $0["link_name"] } == ["orders", "late"])
            #expect(second.nextCursor == nil)
        }
    }

    @Test(arguments: [
        ("orders?at=2027-01-15T08:01:30Z", 200, nil), ("orders?at=2027-01-15T07:00:00Z", 404, "not-yet-observed"),
        ("audit?at=2027-01-15T08:01:30Z", 404, "not-yet-observed"),
        ("audit?at=2027-01-15T08:03:00Z", 404, "unknown-link"),
        ("never?at=2027-01-15T08:03:00Z", 404, "unknown-link"),
        ("orders?at=2027-01-15T08:10:05.001Z", 400, "bad-parameter"), ("orders?at=2027-01-15T08:10:05Z", 200, nil),
        ("orders?at=then", 400, "bad-parameter"),
    ])
    func oneLinkOfAnInstantIsThereOrTheAnswerSaysWhyNot(target: String, status: Int, problem: String?) async throws {
        try await Self.withStory { fixture in
            let answer = try await fixture.get("/api/v1/clusters/lkc-1/links/" + target)
            #expect(answer.status == status)
            #expect(answer.problem == problem)
        }
    }

    @Test func theClustersOfAnInstantTellTheirLinksAndTheirLastPolls() async throws {
        try await Self.withStory { fixture in
            let clusters = try await fixture.get("/api/v1/clusters?at=2027-01-15T08:03:30Z").items
            #expect(clusters.map { $0["cluster_id"] } == ["lkc-1", "lkc-2"])
            #expect(clusters.first?["links"] == ["total": 1, "ok": 1, "degraded": 0, "error": 0, "unknown": 0])
            #expect(clusters.first?["last_success_at"] == "2027-01-15T08:03:00.000Z")
            #expect(clusters.first?["age_seconds"] == 30)
            #expect(clusters.last?["last_success_at"] == .null)
            let one = try await fixture.get("/api/v1/clusters/lkc-2?at=2027-01-15T08:03:30Z")
            #expect(one.problem == "not-yet-observed")
        }
    }

    @Test func aDifferenceTellsWhatCameWentAndChanged() async throws {
        try await Self.withStory { fixture in
            func differences(_ from: String, _ to: String) async throws -> [JSONObject] {
                try await fixture.get("/api/v1/diff?from=2027-01-15T\(from)Z&to=2027-01-15T\(to)Z").items
            }
            let changed = try await differences("08:00:00", "08:01:00")
            #expect(changed.map { $0["kind"] } == ["changed"])
            let fields: JSONObject = [
                "link_error": ["from": .null, "to": "TIMEOUT_ERROR"],
                "link_error_message": ["from": .null, "to": "slow"],
            ]
            #expect(changed.first?["fields"] == .object(fields))
            let mended = try await differences("08:00:00", "08:10:00")
            #expect(mended.map { $0["kind"] } == ["changed", "added"])
            #expect(
                mended.first?["fields"] == ["topic_names": ["added": ["c"], "removed": ["b"]]] as JSONValue
            )
            #expect(try await differences("08:02:00", "08:03:00").map { $0["kind"] } == ["removed", "changed"])
            #expect(try await differences("08:02:00", "08:02:00").isEmpty)
            #expect(try await differences("08:02:30", "08:02:59.999").isEmpty)
        }
    }

    @Test func anotherIDUnderANameIsARecreation() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders")])
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list([item("orders", ["cluster_link_id": "other"])])
            let items = try await fixture.get("/api/v1/diff?from=2027-01-15T08:00:30Z").items
            #expect(items.map { $0["kind"] } == ["recreated"])
            #expect(items.first?["cluster_link_id"] == "other")
        }
    }

    @Test func aReadingOfTheTasksThatCompletesAVersionIsPartOfADifference() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders")])
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list([item("orders"), item("audit")])
            fixture.clock.advance(by: .seconds(1))
            let identity = LinkIdentity.id(try #require(ClusterLinkID("id-audit")))
            let tasks = TaskReading([["task_name": "AclSync", "state": "ACTIVE"]])
            await fixture.store.record(tasks, of: identity, on: APIFixture.cluster, at: fixture.clock.now())
            let item = try #require(try await fixture.get("/api/v1/diff?from=2027-01-15T08:00:30Z").items.first)
            #expect(item["fields"]?.object?["tasks"]?.object?["to"]?.array?.count == 1)
        }
    }

    @Test(arguments: [
        ("", ["late", "orders"]), ("?cluster_id=lkc-1", ["orders"]), ("?label.env=dev", ["late"]),
        ("?link_error=UNKNOWN", ["late"]), ("?link_name=orders", ["orders"]),
        ("?health=unknown&link_name=late", ["late"]),
        ("?q=RDER&cluster_id=lkc-1", ["orders"]), ("?from=2027-01-15T08:03:30Z", ["late"]),
        ("?from=2027-01-15T08:02:00Z", ["late", "orders"]),
        ("?to=2027-01-15T08:02:00Z", ["orders"]), ("?to=2027-01-15T08:01:00Z", []),
        ("?from=2027-01-15T08:01:30Z&to=2027-01-15T08:02:00Z", ["orders"]),
    ])
    func theErrorsOfTheFleetAreThoseThatOverlapTheWindow(query: String, names: [String]) async throws {
        try await Self.withStory { fixture in
            let found = try await fixture.names("/api/v1/errors" + query)
            #expect(found == names)
        }
    }

    @Test func theErrorsOfTheFleetComeInPagesAlsoWhereOneBeganBeforeTheWindow() async throws {
        try await Self.withStory { fixture in
            let target = "/api/v1/errors?limit=1&from=2027-01-15T08:02:00Z"
            let first = try await fixture.get(target)
            let second = try await fixture.get(target + "&cursor=\(try #require(first.nextCursor))")
            #expect((first.items + second.items).map { $0["link_name"] } == ["late", "orders"])
            #expect(second.nextCursor == nil)
        }
    }

    @Test(arguments: [
        "links?at=2027-01-15T08:00:00Z&deleted=true", "diff", "diff?from=2027-01-15T08:01:00Z&to=2027-01-15T08:00:00Z",
        "diff?from=2027-01-16T08:00:00Z", "diff?from=2027-01-15T08:00:00Z&to=2028-01-15T08:00:00Z",
        "diff?from=2027-01-15T08:00:00Z&kind=odd", "errors?from=2027-01-16T08:00:00Z", "errors?cursor=odd",
        "diff?from=2027-01-15T08:00:00Z&cursor=odd", "clusters?at=2028-01-15T08:00:00Z",
    ])
    func aQuestionThatHasNoAnswerSaysWhatIsAllowed(target: String) async throws {
        try await Self.withStory { fixture in
            let answer = try await fixture.get("/api/v1/" + target)
            #expect(answer.status == 400)
            #expect(answer.json["detail"]?.string?.isEmpty == false)
        }
    }
}

/// Pairs and the topology as of an instant.
struct PastPairTests {
    @Test func pairsAndTopologyAreThoseOfTheInstant() async throws {
        let (east, west) = (ClusterID("lkc-e"), ClusterID("lkc-w"))
        let clusters = [ClusterDescription(id: east), ClusterDescription(id: west)]
        try await APIFixture.with(clusters: clusters) { fixture in
            func side(_ remote: String) -> JSONObject {
                item("both", ["cluster_link_id": "same", "remote_cluster_id": .string(remote)])
            }
            try await fixture.list([side("lkc-w")], on: east)
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list([side("lkc-e")], on: west)
            fixture.clock.advance(by: .seconds(60))
            try await fixture.list([], on: west)
            func count(_ path: String, _ time: String) async throws -> Int? {
                let answer = try await fixture.get("/api/v1/\(path)at=2027-01-15T08:\(time)Z")
                #expect(answer.status == 200)
                return (answer.json["data"] ?? answer.json["edges"])?.array?.count
            }
            #expect(try await count("links/pairs?", "00:30") == 0)
            #expect(try await count("links/pairs?", "01:30") == 1)
            #expect(try await count("links/pairs?", "02:00") == 0)
            #expect(try await count("topology?", "01:30") == 1)
            #expect(try await fixture.get("/api/v1/links/pairs").items.isEmpty)
            let diagram = try await fixture.get("/api/v1/topology?format=mermaid&at=2027-01-15T08:01:30Z")
            #expect(diagram.text.hasPrefix("flowchart"))
        }
    }
}
