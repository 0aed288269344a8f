import ClusterLinks
import ExactJSON
import KafkaREST
import Testing

struct ListTests {
    @Test func anEmptyArrayIsAnEmptyList() async throws {
        let list = try await Fixture.list(.body(#"{"data":[]}"#))
        #expect(list.links.isEmpty && list.ghosts.isEmpty)
    }

    @Test func theRequestAsksForJSONAndNothingElse() async throws {
        let transport = ScriptedTransport(Fixture.links, .body(Fixture.page("")))
        _ = try await Fixture.client(transport).links()
        #expect(
            transport.requests == [
                TransportRequest(url: Fixture.links, headers: [Header("Accept", "application/json")])
            ]
        )
    }

    @Test func aLinkIsReadWithAllThatIsSaidOfIt() async throws {
        let item = """
            {"kind":"KafkaLinkData","metadata":{"self":"…","resource_name":"crn:…"},"source_cluster_id":"lkc-src",
             "destination_cluster_id":null,"remote_cluster_id":"lkc-src","link_name":"orders-dr",
             "link_id":"f1c9c5b8-2b0e-4f0c-8a77-0d5a3c1e9b42","cluster_link_id":"8cnFuCsOTwyKdw1aPB6bQg",
             "topic_names":["zeta","alpha"],"link_error":"TIMEOUT_ERROR","link_error_message":"no answer in 30 s",
             "link_state":"UNAVAILABLE","category_counts":[{"state_category":"ACTIVE","count":2}],"new_field":1.50}
            """
        let list = try await Fixture.list(.body(Fixture.page(item)))
        let link = try #require(list.links.first)
        #expect(link.name == LinkName("orders-dr"))
        #expect(link.identity.clusterLinkID?.rawValue == "8cnFuCsOTwyKdw1aPB6bQg")
        #expect(link.content.error?.rawValue == "TIMEOUT_ERROR")
        #expect(link.content.topicNames == ["alpha", "zeta"])
        #expect(link.content.fields["new_field"]?.encoded == Array("1.50".utf8))
    }

    @Test(arguments: [
        #"{"link_name":"only-a-name"}"#,
        #"{"link_name":"a","link_id":null,"topic_names":null,"tasks":null,"link_error":null,"link_error_message":null}"#,
        #"{"link_name":"a","kind":"","link_error":"","link_error_message":"","cluster_link_id":""}"#,
        #"{"link_name":"a","link_error":"NO_ERROR","link_state":"AVAILABLE","topic_names":[]}"#,
        #"{"link_name":"a","remote_cluster_id":"lkc-r"}"#,
        #"{"cluster_link_id":"AAAAAAAAAAAAAAAAAAAAAA","link_name":"a"}"#,
    ])
    func whatAnItemLeavesOutIsNoFault(item: String) async throws {
        let list = try await Fixture.list(.body(Fixture.page(item)))
        #expect(list.links.count == 1 && list.errorCount == 0)
    }

    @Test func recordsWithoutANameAreGhosts() async throws {
        let ghost = #"{"link_name":"","link_state":"UNMANAGED_SOURCE"}"#
        let list = try await Fixture.list(
            .body(Fixture.page(#"{"link_name":"a"},\#(ghost),{"link_name":"b"},\#(ghost)"#))
        )
        #expect(list.links.map(\.name.rawValue) == ["a", "b"])
        #expect(list.ghosts.count == 2)
    }

    @Test func theOrderOfTopicsIsNoNews() async throws {
        let one = try await Fixture.list(.body(Fixture.page(#"{"link_name":"a","topic_names":["x","y","z"]}"#)))
        let two = try await Fixture.list(.body(Fixture.page(#"{"topic_names":["z","x","y"],"link_name":"a"}"#)))
        #expect(one.digest == two.digest)
    }

    @Test func aByteOrderMarkIsPassedOver() async throws {
        let list = try await Fixture.list(.bytes([0xEF, 0xBB, 0xBF] + Array(Fixture.page(#"{"link_name":"a"}"#).utf8)))
        #expect(list.links.count == 1)
    }

    @Test(arguments: [
        ("", "the body is empty"), ("   ", "the JSON text ends too early"), ("null", "the body is no JSON object"),
        ("[]", "the body is no JSON object"), (#""data""#, "the body is no JSON object"), ("{}", "no array \"data\""),
        (#"{"data":null}"#, "no array \"data\""), (#"{"data":{}}"#, "no array \"data\""),
        (#"{"data":"[]"}"#, "no array \"data\""), (#"{"data":[1]}"#, "data[0] is no JSON object"),
        (#"{"data":[{"link_name":"a"},{"link_state":"ACTIVE"}]}"#, "data[1] has neither"),
        (#"{"data":[{"link_name":null}]}"#, "data[0] has neither"),
        (
            #"{"data":[{"link_name":"a","cluster_link_id":"i"},{"link_name":"b","cluster_link_id":"i"}]}"#,
            "i is listed twice"
        ),
        (#"{"data":[]"#, "ends too early"), (#"{"data":[]}}"#, "something follows"), (#"{"data":[],}"#, "has no place"),
        ("\u{FEFF}", "ends too early"), ("OK", "has no place"),
        ("<html><head><title>Sign in</title></head></html>", "HTML came instead of JSON: Sign in"),
        ("<html></html>", "HTML came instead of JSON: a page without text"),
        (#"{"error_code":50003,"message":"try again"}"#, "no array \"data\": try again"),
        (String(repeating: "[", count: 100_000), "more than 128 levels"),
        (#"{"data":"# + String(repeating: #"{"a":"#, count: 100_000), "more than 128 levels"),
    ])
    func aBodyThatIsNoListFailsTheWholePoll(body: String, message: String) async throws {
        let failure = try await Fixture.failure(.body(body))
        #expect(failure.reason == .malformed && failure.httpStatus == 200)
        #expect(failure.message.contains(message))
    }

    @Test(arguments: [200, 201, 202, 206, 299])
    func anyStatusOfSuccessMayBringAList(status: Int) async throws {
        #expect(try await Fixture.list(.body(#"{"data":[]}"#, status: status)).links.isEmpty)
    }

    @Test func noContentIsNoEmptyList() async throws {
        let failure = try await Fixture.failure(.body("", status: 204))
        #expect(failure.reason == .malformed && failure.httpStatus == 204)
    }

    @Test(
        arguments: [[0xFF, 0xFE, 0x7B, 0x00], [0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D], [0x00], [0x80]]
            as [[UInt8]]
    )
    func whatIsNotUTF8IsMalformed(body: [UInt8]) async throws {
        #expect(try await Fixture.failure(.bytes(body)).reason == .malformed)
    }
}
