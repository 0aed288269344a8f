import ClusterLinks
import Testing

/// Whether two sides of a link tell the same, and which of them is at fault.
struct LinkAgreementTests {
    @Test(
        arguments: [
            (#""link_state":"ACTIVE""#, #""link_state":"ACTIVE""#, []),
            (#""topic_names":[]"#, #""topic_names":["a","b"],"category_counts":[{"count":2}]"#, []),
            (#""link_error":"NO_ERROR","link_error_message":"""#, #""link_error":null"#, []),
            (#""link_error":"TIMEOUT_ERROR","link_error_message":"x""#, #""link_error":"TIMEOUT_ERROR""#, []),
            // One that tells no state contradicts none.
            (#""link_state":"PAUSED""#, "", []),
            (#""link_state":"PAUSED""#, #""link_state":"ACTIVE""#, ["link_state PAUSED ACTIVE"]),
            (#""link_state":"NOVEL""#, #""link_state":"novel""#, ["link_state NOVEL novel"]),
            (
                #""link_state":"FAILED""#, #""link_state":"ACTIVE""#,
                ["link_state FAILED ACTIVE", "health error ok"]
            ),
            (#""link_error":"TIMEOUT_ERROR""#, "", ["link_error TIMEOUT_ERROR -", "health error ok"]),
            ("", #""link_error":"NOVEL""#, ["link_error - NOVEL", "health ok error"]),
            (
                #""link_error":"TIMEOUT_ERROR""#, #""link_error":"AUTHENTICATION_ERROR","link_state":"FAILED""#,
                ["link_error TIMEOUT_ERROR AUTHENTICATION_ERROR"]
            ),
        ] as [(String, String, [String])]
    )
    func tellsInWhatTheSidesDiffer(source: String, destination: String, differences: [String]) throws {
        let agreement = LinkAgreement(
            source: try Self.report(source, on: "A"),
            destination: try Self.report(destination, on: "B")
        )
        #expect(
            agreement.differences.map { "\($0.field.rawValue) \($0.source ?? "-") \($0.destination ?? "-")" }
                == differences
        )
        #expect(agreement.isComplete == differences.isEmpty)
    }

    @Test(
        arguments: [
            ("", "", []), (#""link_error":"TIMEOUT_ERROR""#, "", ["A"]), ("", #""link_state":"UNAVAILABLE""#, ["B"]),
            (#""link_error":"TIMEOUT_ERROR""#, #""link_error":"TIMEOUT_ERROR""#, ["A", "B"]),
            (#""link_state":"PAUSED""#, "", []),
        ] as [(String, String, [String])],
        [false, true]
    )
    func tellsWhichSideReportsAnErrorAlsoWhileItIsNotHeardOf(sides: (String, String, [String]), isStale: Bool) throws {
        let agreement = LinkAgreement(
            source: try Self.report(sides.0, on: "A", isStale: isStale),
            destination: try Self.report(sides.1, on: "B", isStale: isStale)
        )
        #expect(agreement.errorsReportedBy.map(\.rawValue) == sides.2)
    }

    @Test func ignoranceIsNoDisagreement() throws {
        let heard = try Self.report(#""link_state":"ACTIVE""#, on: "A")
        let unheard = try Self.report(#""link_state":"ACTIVE""#, on: "B", isStale: true)
        #expect(LinkAgreement(source: heard, destination: unheard).isComplete)
        #expect(LinkAgreement(source: unheard, destination: heard).isComplete)
        let failed = try Self.report(#""link_state":"FAILED""#, on: "B", isStale: true)
        #expect(LinkAgreement(source: heard, destination: failed).differences.map(\.field) == [.linkState])
    }

    @Test func aFailingTaskIsADisagreementButNoError() throws {
        let item = #"{"link_name":"x"}"#
        let content = try LinkContent(json: item, tasks: #"[{"task_name":"AclSync","state":"IN_ERROR"}]"#)
        let agreement = LinkAgreement(
            source: try Self.report("", on: "A"),
            destination: Self.report(content, on: "B")
        )
        #expect(agreement.differences.map(\.destination) == ["degraded"])
        #expect(agreement.errorsReportedBy.isEmpty)
    }

    @Test(
        arguments: [
            ([], nil), ([.ok], .ok), ([.ok, .unknown], .unknown), ([.unknown, .degraded, .ok], .degraded),
            ([.degraded, .error, .unknown], .error),
        ] as [([Health], Health?)]
    )
    func whatIsKnownToBeWrongIsWorst(healths: [Health], worst: Health?) {
        #expect(Health.worst(of: healths) == worst)
        #expect(Health.worst(of: healths.reversed()) == worst)
    }

    private static func report(
        _ members: String,
        on cluster: String,
        isStale: Bool = false
    ) throws -> LinkAgreement.Report {
        let item = #"{"link_name":"x""# + (members.isEmpty ? "" : "," + members) + "}"
        return Self.report(try LinkContent(json: item), on: cluster, isStale: isStale)
    }

    private static func report(
        _ content: LinkContent,
        on cluster: String,
        isStale: Bool = false
    ) -> LinkAgreement.Report {
        let lastKnown = Health(lastKnownOf: content)
        return LinkAgreement.Report(
            of: content,
            on: ClusterID(cluster),
            health: Health(lastKnown: lastKnown, isStale: isStale),
            lastKnownHealth: lastKnown
        )
    }
}
