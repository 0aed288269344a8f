import ClusterLinks
import Testing

/// Truth rule 5: how Confluent's two ids of one link hang together.
struct ClusterLinkIDTests {
    @Test(arguments: [
        ("a66e98f2-a403-4b54-bc3f-04227fdc3660", "pm6Y8qQDS1S8PwQif9w2YA"),
        ("A66E98F2-A403-4B54-BC3F-04227FDC3660", "pm6Y8qQDS1S8PwQif9w2YA"),
        ("00000000-0000-0000-0000-000000000000", "AAAAAAAAAAAAAAAAAAAAAA"),
        ("ffffffff-ffff-ffff-ffff-ffffffffffff", "_____________________w"),
        ("fbefbefb-efbe-fbef-befb-efbefbefbefb", "---------------------w"),
        LinkID.first, LinkID.second, LinkID.third,
    ])
    func theIDIsTheBase64URLOfTheUUID(uuid: String, id: String) { #expect(ClusterLinkID(linkID: uuid)?.rawValue == id) }

    @Test(arguments: [
        "", "orders", "a66e98f2a4034b54bc3f04227fdc3660", "a66e98f2-a403-4b54-bc3f-04227fdc366",
        "a66e98f2-a403-4b54-bc3f-04227fdc36600", "g66e98f2-a403-4b54-bc3f-04227fdc3660",
        "{a66e98f2-a403-4b54-bc3f-04227fdc3660}", "a66e98f-2a403-4b54-bc3f-04227fdc3660",
        " a66e98f2-a403-4b54-bc3f-04227fdc3660", "pm6Y8qQDS1S8PwQif9w2YA", "a66e98f2-a403-4b54-bc3f-04227fdc36é",
        "+66e98f2-a403-4b54-bc3f-04227fdc3660",
    ])
    func whatIsNoUUIDMakesNoID(text: String) { #expect(ClusterLinkID(linkID: text) == nil) }

    @Test func anEmptyTextIsNoID() {
        #expect(ClusterLinkID("") == nil)
        #expect(ClusterLinkID("pm6Y8qQDS1S8PwQif9w2YA")?.rawValue == "pm6Y8qQDS1S8PwQif9w2YA")
    }

    @Test func anEmptyTextIsNoName() {
        #expect(LinkName("") == nil)
        #expect(LinkName("a/b c")?.rawValue == "a/b c")
    }

    @Test(arguments: [
        (
            #"{"link_name":"a","cluster_link_id":"\#(LinkID.first.id)","link_id":"\#(LinkID.second.uuid)"}"#,
            LinkID.first.id
        ),
        (#"{"link_name":"a","link_id":"\#(LinkID.first.uuid)"}"#, LinkID.first.id),
        (#"{"link_name":"a","cluster_link_id":null,"link_id":"\#(LinkID.first.uuid)"}"#, LinkID.first.id),
        (#"{"link_name":"a","cluster_link_id":"","link_id":"\#(LinkID.first.uuid)"}"#, LinkID.first.id),
        (#"{"link_name":"a","cluster_link_id":null,"link_id":null}"#, "a"),
        (#"{"link_name":"a"}"#, "a"),
    ])
    func anItemIsIdentifiedByTheIDItHas(item: String, identity: String) throws {
        #expect(try LinkList(item).links.map(\.identity.description) == [identity])
    }

    @Test func aMadeIDIsServedLikeASentOne() throws {
        let link = try #require(try LinkList(#"{"link_name":"a","link_id":"\#(LinkID.first.uuid)"}"#).links.first)
        #expect(link.content.clusterLinkID?.rawValue == LinkID.first.id)
    }
}
