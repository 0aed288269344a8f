import ConfluentSimulator
import Testing

struct UpstreamWritingTests {
    private static let body = #"{"source_cluster_id":"lkc-src","configs":[{"name":"acl.sync.enable","value":"false"}]}"#

    @Test func `a creation is accepted at once and seen later`() throws {
        var upstream = try makeUpstream(timing: SimulatorTiming(creation: .seconds(2)))
        let answer = try upstream.answer(.createLink, query: ["link_name": "new"], body: Self.body, at: .seconds(10))
        #expect(answer.status == 201)
        #expect(answer.body.isEmpty)
        #expect(try upstream.answer(.getLink("new"), at: .seconds(11)).status == 404)
        #expect(try upstream.listedNames(at: .seconds(11)) == ["orders", "billing"])
        let again = try upstream.answer(.createLink, query: ["link_name": "new"], body: Self.body, at: .seconds(11))
        #expect(again.status == 400)
        #expect(try upstream.answer(.getLink("new"), at: .seconds(12)).status == 200)
        #expect(try upstream.listedNames(at: .seconds(12)) == ["orders", "billing", "new"])
    }

    @Test(arguments: [
        (["link_name": "orders"], body, 400),
        (["link_name": ""], body, 400),
        ([:], body, 400),
        (["link_name": "bad name"], body, 400),
        (["link_name": "bad/name"], body, 400),
        (["link_name": "new"], "", 40002),
        (["link_name": "new"], "[]", 40002),
        (["link_name": "new"], "{}", 40002),
        (["link_name": "new"], #"{"source_cluster_id":"x","cluster_link_id":"short"}"#, 40002),
        (
            ["link_name": "new"],
            #"{"source_cluster_id":"x","configs":[{"name":"bootstrap.servers","value":"a.invalid:9092"}]}"#, 400
        ),
    ])
    func `a creation that cannot be is refused and does nothing`(
        query: [String: String],
        body: String,
        code: Int
    ) throws {
        var upstream = try makeUpstream()
        let before = upstream.fleet
        let answer = try upstream.answer(.createLink, query: query, body: body)
        #expect(answer.status == 400)
        #expect(try JSONReading.object(answer.body)["error_code"] as? Int == code)
        #expect(upstream.fleet == before)
    }

    /// As on Kafka, where two spellings of one character are two names.
    @Test func `a deletion meets the name of the same bytes alone`() throws {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        var upstream = try makeUpstream([makeLink(composed), makeLink(decomposed)])
        var fleet = upstream.fleet
        for status in [204, 404] {
            let answer = try upstream.answer(.deleteLink(decomposed), query: ["force": "true"])
            #expect(answer.status == status)
        }
        #expect(try upstream.answer(.getLink(composed)).status == 200)
        try fleet.apply(.delete(LinkAddress("lkc-one", decomposed)))
        #expect(fleet.clusters[0].links.map { Array($0.name.utf8) } == [Array(composed.utf8)])
    }

    @Test func `a creation that is only validated creates nothing`() throws {
        var upstream = try makeUpstream()
        let query = ["link_name": "new", "validate_only": "true"]
        #expect(try upstream.answer(.createLink, query: query, body: Self.body).status == 201)
        #expect(try upstream.listedNames() == ["orders", "billing"])
    }

    @Test func `a creation that is not validated shows its problem as the link's error`() throws {
        var upstream = try makeUpstream()
        let body = #"{"source_cluster_id":"x","configs":[{"name":"bootstrap.servers","value":"a.invalid:9092"}]}"#
        let query = ["link_name": "new", "validate_link": "false"]
        #expect(try upstream.answer(.createLink, query: query, body: body).status == 201)
        let link = try JSONReading.object(upstream.answer(.getLink("new")).body)
        #expect(link["link_error"] as? String == "UNRESOLVABLE_BOOTSTRAP_ERROR")
    }

    @Test(arguments: [
        (#"{"source_cluster_id":"lkc-a"}"#, SimulatedLink.Role.destination),
        (#"{"destination_cluster_id":"lkc-a"}"#, .source),
        (#"{"remote_cluster_id":"lkc-a"}"#, .bidirectional),
        (
            #"{"remote_cluster_id":"lkc-a","configs":[{"name":"link.mode","value":"BIDIRECTIONAL"}]}"#, .bidirectional
        ),
    ])
    func `the named cluster decides the direction`(body: String, role: SimulatedLink.Role) throws {
        var upstream = try makeUpstream()
        #expect(try upstream.answer(.createLink, query: ["link_name": "new"], body: body).status == 201)
        let link = try upstream.fleet.link(LinkAddress("lkc-one", "new"))
        #expect(link.role == role)
        #expect(link.remoteClusterID == "lkc-a")
    }

    @Test func `the second side of a link gets the id of the first`() throws {
        var upstream = try makeUpstream()
        try upstream.apply(.addCluster(SimulatedCluster(id: "lkc-two")))
        let near = #"{"source_cluster_id":"lkc-two"}"#
        let far = #"{"destination_cluster_id":"lkc-one"}"#
        _ = try upstream.answer(.createLink, query: ["link_name": "pair"], body: near)
        _ = try upstream.answer(.createLink, on: "lkc-two", query: ["link_name": "pair"], body: far)
        let first = try upstream.fleet.link(LinkAddress("lkc-one", "pair"))
        #expect(try upstream.fleet.link(LinkAddress("lkc-two", "pair")).id == first.id)
    }

    @Test func `a deletion needs force while mirror topics remain`() throws {
        var upstream = try makeUpstream()
        #expect(try upstream.answer(.deleteLink("orders")).status == 403)
        #expect(
            try upstream.answer(.deleteLink("orders"), query: ["force": "true", "validate_only": "true"]).status == 204
        )
        #expect(try upstream.listedNames() == ["orders", "billing"])
        let answer = try upstream.answer(.deleteLink("orders"), query: ["force": "true"])
        #expect(answer.status == 204)
        #expect(answer.body.isEmpty)
        #expect(try upstream.listedNames() == ["billing"])
    }

    @Test func `a deleted link stays listed for a while`() throws {
        var upstream = try makeUpstream(
            [makeLink("empty", topics: [])],
            timing: SimulatorTiming(deletion: .seconds(3))
        )
        #expect(try upstream.answer(.deleteLink("empty"), at: .seconds(1)).status == 204)
        #expect(try upstream.answer(.getLink("empty"), at: .seconds(2)).status == 404)
        #expect(try upstream.answer(.deleteLink("empty"), at: .seconds(2)).status == 404)
        #expect(try upstream.listedNames(at: .seconds(3)) == ["empty"])
        #expect(try upstream.listedNames(at: .seconds(4)).isEmpty)
    }

    @Test func `settling needs no time`() throws {
        var upstream = try makeUpstream(timing: SimulatorTiming(creation: .seconds(3_600), deletion: .seconds(3_600)))
        _ = try upstream.answer(.createLink, query: ["link_name": "new"], body: Self.body)
        _ = try upstream.answer(.deleteLink("orders"), query: ["force": "true"])
        upstream.settle()
        #expect(try upstream.listedNames() == ["billing", "new"])
    }
}
