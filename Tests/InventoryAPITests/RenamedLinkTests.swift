import ClusterLinks
import ExactJSON
import Testing

/// What is said of a link that is asked for by a name it does not have, or did not have then.
struct RenamedLinkTests {
    /// One poll a minute from 08:00 on: orders is billing at 08:01, gone at 08:02, back at 08:03 and pay/ments at 08:04; audit is
    /// there at 08:03 and gone at 08:05; bare appears at 08:06 and has an id at 08:08.
    private static func withStory(_ body: (APIFixture) async throws -> Void) async throws {
        let link = { (name: String) in item(name, ["cluster_link_id": "id-1"]) }
        let bare = { (more: JSONObject) in
            var bare = item("bare", more)
            if more["cluster_link_id"] == nil { bare["cluster_link_id"] = nil }
            return bare
        }
        let polls: [[JSONObject]] = [
            [link("orders")], [link("billing")], [], [link("billing"), item("audit")],
            [link("pay/ments"), item("audit")],
            [link("pay/ments")], [link("pay/ments"), bare([:])],
            [link("pay/ments"), bare(["link_error": "TIMEOUT_ERROR"])],
            [link("pay/ments"), bare(["link_error": "TIMEOUT_ERROR", "cluster_link_id": "id-3"])],
        ]
        try await APIFixture.with { fixture in
            for poll in polls {
                try await fixture.list(poll)
                fixture.clock.advance(by: .seconds(60))
            }
            try await body(fixture)
        }
    }

    private static let history = "its past is at /api/v1/clusters/lkc-1/links/pay%2Fments/history"

    @Test(arguments: [
        (
            "pay%2Fments", "08:00:30",
            "listed no link pay/ments at AT: the link was called orders then, ask for it by that name"
        ),
        (
            "pay%2Fments", "08:03:00",
            "listed no link pay/ments at AT: the link was called billing then, ask for it by that name"
        ),
        (
            "pay%2Fments", "08:02:30",
            "listed no link pay/ments at AT: the link was not called that yet, but billing, and had gone at 2027-01-15T08:02:00.000Z"
        ),
        (
            "audit", "08:05:00",
            "listed no link audit at AT: it had gone at 2027-01-15T08:05:00.000Z; its history tells when it was listed"
        ),
        (
            "bare?cluster_link_id=id-3", "08:06:30",
            "listed no link bare at AT: it had no such cluster_link_id yet, ask without it"
        ),
        ("orders", "08:04:30", "lists no link orders: it was renamed, and is pay/ments now; \(history)"),
    ])
    func theSentenceTellsWhyALinkWasNotListed(target: String, time: String, sentence: String) async throws {
        try await Self.withStory { fixture in
            let at = "2027-01-15T\(time)"
            let answer = try await fixture.get(
                "/api/v1/clusters/lkc-1/links/\(target)\(target.contains("?") ? "&" : "?")at=\(at)Z"
            )
            #expect(answer.status == 404)
            #expect(answer.problem == "unknown-link")
            let told = time.contains(".") ? at : at + ".000"
            #expect(answer.json["detail"]?.string == "cluster lkc-1 " + sentence.replacing("AT", with: told + "Z"))
        }
    }

    @Test func aLinkThatCameLaterWasNotYetObserved() async throws {
        try await Self.withStory { fixture in
            let answer = try await fixture.get("/api/v1/clusters/lkc-1/links/audit?at=2027-01-15T08:01:00Z")
            #expect(answer.problem == "not-yet-observed")
            #expect(
                answer.json["detail"]?.string == """
                    link audit of cluster lkc-1, first observed at 2027-01-15T08:03:00.000Z, was not yet observed at \
                    2027-01-15T08:01:00.000Z: ask for a later instant
                    """
            )
        }
    }

    @Test(arguments: ["", "/history", "/errors", "/availability", "/evidence"])
    func whoKnowsAnEarlierNameIsToldThePresentOne(suffix: String) async throws {
        try await Self.withStory { fixture in
            func get(_ name: String, _ query: String = "") async throws -> Answer {
                try await fixture.get("/api/v1/clusters/lkc-1/links/\(name)\(suffix)\(query)")
            }
            for name in ["orders", "billing"] {
                for query in ["", "?cluster_link_id=id-1"] {
                    let answer = try await get(name, query)
                    #expect(answer.status == 404)
                    #expect(answer.problem == "unknown-link")
                    #expect(answer.json["renamed_to"] == "pay/ments")
                    #expect(
                        answer.json["detail"]?.string
                            == "cluster lkc-1 lists no link \(name): it was renamed, and is pay/ments now; \(Self.history)"
                    )
                }
            }
            for (name, query) in [("orders", "?cluster_link_id=id-2"), ("never", ""), ("order", "")] {
                let answer = try await get(name, query)
                #expect(answer.problem == "unknown-link")
                #expect(answer.json["renamed_to"] == nil)
            }
            try await fixture.list([item("orders", ["cluster_link_id": "id-9"])])
            #expect(try await get("orders").status == 200)
            let gone = try await get("billing")
            #expect(gone.json["renamed_to"] == "pay/ments")
            #expect(gone.json["detail"]?.string?.contains("went away as pay/ments; \(Self.history)") == true)
        }
    }

    @Test func thePathThatIsNamedTellsThePastUnderBothNames() async throws {
        try await Self.withStory { fixture in
            let versions = try await fixture.get("/api/v1/clusters/lkc-1/links/pay%2Fments/history").items
            let names = versions.map { $0["link"]?.object?["link_name"]?.string }
            #expect(names == ["pay/ments", "billing", "billing", "orders"])
        }
    }
}
