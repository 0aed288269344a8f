import ClusterLinks
import ExactJSON
import Testing

/// Truth rules 1 and 4: what is a list, and what in it is a link.
struct ListReadingTests {
    @Test(arguments: [
        ("null", MalformedList.notAnObject), ("[]", .notAnObject), (#""data""#, .notAnObject), ("7", .notAnObject),
        ("true", .notAnObject), (#"[{"data":[]}]"#, .notAnObject),
        ("{}", .dataNotAnArray), (#"{"data":null}"#, .dataNotAnArray), (#"{"data":{}}"#, .dataNotAnArray),
        (#"{"data":""}"#, .dataNotAnArray), (#"{"data":0}"#, .dataNotAnArray), (#"{"Data":[]}"#, .dataNotAnArray),
        (#"{"error_code":404,"message":"not found"}"#, .dataNotAnArray),
        (#"{"data":[null]}"#, .itemNotAnObject(index: 0)), (#"{"data":["orders"]}"#, .itemNotAnObject(index: 0)),
        (#"{"data":[[]]}"#, .itemNotAnObject(index: 0)),
        (#"{"data":[{"link_name":"orders"},1]}"#, .itemNotAnObject(index: 1)),
        (#"{"data":[{}]}"#, .itemWithoutIdentity(index: 0)),
        (#"{"data":[{"link_state":"ACTIVE"}]}"#, .itemWithoutIdentity(index: 0)),
        (#"{"data":[{"link_name":null}]}"#, .itemWithoutIdentity(index: 0)),
        (
            #"{"data":[{"link_name":"a"},{"link_name":null,"cluster_link_id":null,"link_id":null}]}"#,
            .itemWithoutIdentity(index: 1)
        ),
        (#"{"data":[{"cluster_link_id":"","link_id":""}]}"#, .itemWithoutIdentity(index: 0)),
    ])
    func whatIsNoListFailsTheWholePoll(body: String, failure: MalformedList) throws {
        let body = try JSONValue(parsing: body)
        #expect(throws: failure) { try LinkList(pages: [body]) }
    }

    @Test func anEmptyArrayIsTheEmptyList() throws {
        let list = try LinkList(pages: [JSONValue(parsing: #"{"data":[]}"#)])
        #expect(list.links.isEmpty)
        #expect(list.ghosts.isEmpty)
    }

    @Test func aNameAloneMakesALink() throws {
        let list = try LinkList(#"{"link_name":"orders"}"#)
        #expect(list.links.map(\.name.rawValue) == ["orders"])
        #expect(list.links.first?.identity == .name(try LinkName("orders").required))
    }

    @Test func linksAreOrderedByNameThenID() throws {
        let list = try LinkList(
            #"{"link_name":"b","cluster_link_id":"\#(LinkID.third.id)"}"#,
            #"{"link_name":"b","cluster_link_id":"\#(LinkID.first.id)"}"#,
            #"{"link_name":"a","cluster_link_id":"\#(LinkID.second.id)"}"#
        )
        #expect(list.links.map(\.identity.description) == [LinkID.second.id, LinkID.first.id, LinkID.third.id])
    }

    @Test(arguments: [
        [#"{"link_name":"a","cluster_link_id":"\#(LinkID.first.id)","link_state":"ACTIVE"}"#],
        [#"{"link_state":"ACTIVE","link_name":"a","cluster_link_id":"\#(LinkID.first.id)"}"#],
        [#"{"link_name":"a","cluster_link_id":"\#(LinkID.first.id)","link_state":"ACTIVE","link_error":"NO_ERROR"}"#],
        [#"{"link_name":"a","cluster_link_id":"\#(LinkID.first.id)","link_state":"ACTIVE","metadata":{"self":"x"}}"#],
    ])
    func theSameIDWithTheSameContentIsOneLink(duplicate: [String]) throws {
        let item = #"{"link_name":"a","cluster_link_id":"\#(LinkID.first.id)","link_state":"ACTIVE"}"#
        #expect(try LinkList(items: [item] + duplicate).links.count == 1)
    }

    @Test(arguments: [
        (
            #"{"link_name":"a","cluster_link_id":"\#(LinkID.first.id)","link_state":"ACTIVE"}"#,
            #"{"link_name":"a","cluster_link_id":"\#(LinkID.first.id)","link_state":"PAUSED"}"#
        ),
        (
            #"{"link_name":"a","cluster_link_id":"\#(LinkID.first.id)"}"#,
            #"{"link_name":"b","cluster_link_id":"\#(LinkID.first.id)"}"#
        ),
        (
            #"{"link_name":"a","link_id":"\#(LinkID.first.uuid)","link_state":"ACTIVE"}"#,
            #"{"link_name":"a","link_id":"\#(LinkID.first.uuid)","link_state":"PAUSED"}"#
        ),
        (#"{"link_name":"a","link_state":"ACTIVE"}"#, #"{"link_name":"a","link_state":"PAUSED"}"#),
        (
            #"{"link_name":"a","cluster_link_id":"\#(LinkID.first.id)","x":1}"#,
            #"{"link_name":"a","cluster_link_id":"\#(LinkID.first.id)","x":2}"#
        ),
        (
            #"{"link_name":"","cluster_link_id":"\#(LinkID.first.id)","link_state":"UNMANAGED_SOURCE"}"#,
            #"{"link_name":"","cluster_link_id":"\#(LinkID.first.id)","link_state":"FAILED"}"#
        ),
    ])
    func theSameIDWithDifferentContentFailsTheWholePoll(first: String, second: String) {
        #expect(throws: MalformedList.self) { try LinkList(first, second) }
        #expect(throws: MalformedList.self) {
            try LinkList(pages: [
                JSONValue(parsing: #"{"data":[\#(first)]}"#), JSONValue(parsing: #"{"data":[\#(second)]}"#),
            ])
        }
    }

    @Test func twoIDsUnderOneNameAreTwoLinks() throws {
        let list = try LinkList(
            #"{"link_name":"a","cluster_link_id":"\#(LinkID.first.id)"}"#,
            #"{"link_name":"a","cluster_link_id":"\#(LinkID.second.id)"}"#
        )
        #expect(list.links.count == 2)
    }

    @Test func allPagesMakeOneList() throws {
        let pages = try [#"{"data":[{"link_name":"b"}]}"#, #"{"data":[{"link_name":"a"},{"link_name":""}]}"#]
            .map { try JSONValue(parsing: $0) }
        let list = try LinkList(pages: pages)
        #expect(list.links.map(\.name.rawValue) == ["a", "b"])
        #expect(list.ghosts.count == 1)
    }

    @Test(arguments: ["null", #"{"data":null}"#, #"{"data":[1]}"#, #"{"data":[{}]}"#])
    func oneMalformedPageFailsTheWholePoll(page: String) throws {
        let pages = try [#"{"data":[{"link_name":"a"}]}"#, page].map { try JSONValue(parsing: $0) }
        #expect(throws: MalformedList.self) { try LinkList(pages: pages) }
    }

    @Test(arguments: [
        #"{"link_name":"","link_state":"UNMANAGED_SOURCE"}"#,
        #"{"link_name":"","cluster_link_id":"\#(LinkID.first.id)"}"#,
        #"{"link_name":"","link_id":"\#(LinkID.first.uuid)"}"#,
        #"{"cluster_link_id":"\#(LinkID.first.id)"}"#,
        #"{"link_name":null,"link_id":"\#(LinkID.first.uuid)"}"#,
    ])
    func aRecordWithoutANameIsAGhostAndNoLink(record: String) throws {
        let list = try LinkList(record, #"{"link_name":"orders"}"#)
        #expect(list.links.map(\.name.rawValue) == ["orders"])
        #expect(try list.ghosts == [JSONValue(parsing: record).object.required])
    }

    @Test func ghostsAreKeptVerbatim() throws {
        let record = #"{"metadata":{"self":"x"},"link_name":"","n":1.10,"link_error":null,"topic_names":["b","a",""]}"#
        let ghost = try #require(try LinkList(record).ghosts.first)
        #expect(String(decoding: ghost.encoded, as: UTF8.self) == record)
    }

    @Test func ghostsWithDifferentIDsAreCountedApart() throws {
        let list = try LinkList(
            #"{"link_name":"","cluster_link_id":"\#(LinkID.first.id)"}"#,
            #"{"link_name":"","cluster_link_id":"\#(LinkID.second.id)"}"#
        )
        #expect(list.ghosts.count == 2)
    }

    @Test func byteEqualGhostsAreOne() throws {
        let record = #"{"link_name":"","cluster_link_id":"\#(LinkID.first.id)"}"#
        #expect(try LinkList(record, record).ghosts.count == 1)
    }

    @Test func theDigestOfASnapshotKnowsLinksButNotTheirOrder() throws {
        let digest = try LinkList(#"{"link_name":"a"}"#, #"{"link_name":"b"}"#).digest
        #expect(try LinkList(#"{"link_name":"b"}"#, #"{"link_name":"a"}"#).digest == digest)
        #expect(try LinkList(#"{"link_name":"b"}"#, #"{"link_name":"a"}"#, #"{"link_name":""}"#).digest == digest)
        #expect(try LinkList(#"{"link_name":"a"}"#).digest != digest)
        #expect(try LinkList(#"{"link_name":"a"}"#, #"{"link_name":"b","link_state":"FAILED"}"#).digest != digest)
        #expect(try LinkList(#"{"link_name":"a","link_state":"FAILED"}"#, #"{"link_name":"b"}"#).digest != digest)
    }

    @Test func theErrorCountOfASnapshotCountsHealthError() throws {
        let list = try LinkList(
            #"{"link_name":"a","link_error":"TIMEOUT_ERROR"}"#,
            #"{"link_name":"b","link_state":"FAILED"}"#,
            #"{"link_name":"c","link_state":"PAUSED"}"#,
            #"{"link_name":"d","link_error":"NO_ERROR"}"#,
            #"{"link_name":"","link_error":"TIMEOUT_ERROR"}"#
        )
        #expect(list.errorCount == 2)
    }

    /// `é` as one scalar and as two: `String` takes them as equal.
    @Test func namesThatDifferOnlyInTheirBytesAreTwoLinks() throws {
        let list = try LinkList("{\"link_name\":\"caf\u{E9}\"}", "{\"link_name\":\"cafe\u{301}\"}")
        #expect(list.links.count == 2)
        #expect(LinkName("caf\u{E9}") != LinkName("cafe\u{301}"))
        #expect(Set([ClusterID("\u{E9}"), ClusterID("e\u{301}")]).count == 2)
    }
}
