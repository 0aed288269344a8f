import ClusterLinks
import Testing

/// Truth rule 10: the first that applies.
struct HealthTests {
    @Test(
        arguments: [
            // Nothing is wrong.
            ("", nil, Health.ok), (#""link_state":"ACTIVE","link_error":"NO_ERROR""#, nil, .ok),
            (#""link_state":"PAUSED""#, nil, .ok), (#""link_state":"UNKNOWN""#, nil, .ok),
            (#""link_state":"NOVEL""#, nil, .ok),
            (#""link_state":"AVAILABLE""#, nil, .ok), (#""link_error_message":"a message without a code""#, nil, .ok),
            ("", "[]", .ok), ("", #"[{"task_name":"A","state":"ACTIVE","errors":[]}]"#, .ok),
            ("", #"[{"task_name":"A","state":"NOT_CONFIGURED"},{"task_name":"B","state":"LINK_PAUSED"}]"#, .ok),
            ("", #"[{"task_name":"A","state":"LINK_FAILED"},{"task_name":"B","state":"UNKNOWN"}]"#, .ok),
            ("", #"[{"task_name":"A","state":"ACTIVE","errors":[{"error_code":"NO_ERROR","error_message":""}]}]"#, .ok),
            (#""category_counts":[{"state_category":"IN_ERROR","count":3}]"#, nil, .ok),
            // A task is.
            ("", #"[{"task_name":"A","state":"IN_ERROR"}]"#, .degraded),
            ("", #"[{"task_name":"A","state":"ACTIVE"},{"task_name":"B","state":"IN_ERROR","errors":[]}]"#, .degraded),
            ("", #"[{"task_name":"A","state":"ACTIVE","errors":[{"error_code":"INTERNAL_ERROR"}]}]"#, .degraded),
            ("", #"[{"task_name":"A","state":"NOT_CONFIGURED","errors":[{"error_code":"NOVEL"}]}]"#, .degraded),
            ("", #"[{"task_name":"A","errors":[{"error_code":"NO_ERROR"},{"error_code":"UNKNOWN"}]}]"#, .degraded),
            (#""link_state":"PAUSED""#, #"[{"task_name":"A","state":"IN_ERROR"}]"#, .degraded),
            // The link is.
            (#""link_state":"FAILED""#, nil, .error), (#""link_state":"UNAVAILABLE""#, nil, .error),
            (#""link_error":"TIMEOUT_ERROR""#, nil, .error), (#""link_error":"UNKNOWN""#, nil, .error),
            (#""link_error":"NOVEL","link_state":"ACTIVE""#, nil, .error),
            (#""link_error":"TIMEOUT_ERROR","link_state":"PAUSED""#, nil, .error),
            (#""link_error":"NO_ERROR","link_state":"FAILED""#, nil, .error),
            (#""link_state":"FAILED""#, #"[{"task_name":"A","state":"IN_ERROR"}]"#, .error),
            (#""link_error":"TIMEOUT_ERROR""#, #"[{"task_name":"A","state":"IN_ERROR"}]"#, .error),
        ] as [(String, String?, Health)]
    )
    func aContentHasThisHealth(members: String, tasks: String?, health: Health) throws {
        let item = #"{"link_name":"a""# + (members.isEmpty ? "" : "," + members) + "}"
        #expect(try Health(lastKnownOf: LinkContent(json: item, tasks: tasks)) == health)
    }

    @Test(arguments: Health.allCases.filter { $0 != .unknown })
    func staleKnowledgeIsUnknownBeforeAnythingElse(health: Health) {
        #expect(Health(lastKnown: health, isStale: true) == .unknown)
        #expect(Health(lastKnown: health, isStale: false) == health)
    }

    @Test func healthsAreSpelledAsTheInterfaceSpellsThem() {
        #expect(Health.allCases.map(\.rawValue) == ["ok", "degraded", "error", "unknown"])
    }
}
