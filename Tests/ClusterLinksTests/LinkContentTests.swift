import ClusterLinks
import ExactJSON
import Testing

/// Truth rule 8: which contents are equal, and what of them is kept.
struct LinkContentTests {
    @Test(arguments: [
        // White space and key order.
        (#"{"link_name":"a","link_state":"ACTIVE"}"#, "{ \"link_state\" : \"ACTIVE\",\n\t\"link_name\":\"a\" }"),
        (#"{"link_name":"a","x":{"b":{"d":1,"c":2},"a":3}}"#, #"{"x":{"a":3,"b":{"c":2,"d":1}},"link_name":"a"}"#),
        (#"{"link_name":"a","x":[{"b":1,"a":2}]}"#, #"{"x":[{"a":2,"b":1}],"link_name":"a"}"#),
        // Escapes are a way of writing.
        (#"{"link_name":"\u00e9","x":"a\/b"}"#, #"{"link_name":"é","x":"a/b"}"#),
        // Null is absence.
        (#"{"link_name":"a","source_cluster_id":null}"#, #"{"link_name":"a"}"#),
        (#"{"link_name":"a","link_error_message":null,"remote_cluster_id":null,"kind":null}"#, #"{"link_name":"a"}"#),
        (#"{"link_name":"a","never_heard_of":null}"#, #"{"link_name":"a"}"#),
        // Topics are a set without "".
        (#"{"link_name":"a","topic_names":["x","y"]}"#, #"{"link_name":"a","topic_names":["y","x"]}"#),
        (#"{"link_name":"a","topic_names":["x","x","y"]}"#, #"{"link_name":"a","topic_names":["y","x"]}"#),
        (#"{"link_name":"a","topic_names":["","x"]}"#, #"{"link_name":"a","topic_names":["x"]}"#),
        (#"{"link_name":"a","topic_names":[""]}"#, #"{"link_name":"a","topic_names":[]}"#),
        (#"{"link_name":"a","topic_names":null}"#, #"{"link_name":"a","topic_names":[]}"#),
        // Counts are a multiset.
        (
            #"{"link_name":"a","category_counts":[{"state_category":"A","count":1},{"state_category":"B","count":2}]}"#,
            #"{"link_name":"a","category_counts":[{"count":2,"state_category":"B"},{"state_category":"A","count":1}]}"#
        ),
        (
            #"{"link_name":"a","category_counts":[{"state_category":"A","count":1,"x":null}]}"#,
            #"{"link_name":"a","category_counts":[{"state_category":"A","count":1}]}"#
        ),
        // Messages.
        (#"{"link_name":"a","link_error_message":""}"#, #"{"link_name":"a"}"#),
        // Metadata.
        (
            #"{"link_name":"a","metadata":{"self":"https://a","resource_name":"crn:a"}}"#,
            #"{"link_name":"a","metadata":{"self":"https://b"}}"#
        ),
        (#"{"link_name":"a","metadata":{"self":"https://a"}}"#, #"{"link_name":"a"}"#),
        // No error.
        (#"{"link_name":"a","link_error":"NO_ERROR"}"#, #"{"link_name":"a","link_error":""}"#),
        // Tasks in a list.
        (#"{"link_name":"a","tasks":[{"task_name":"X"}]}"#, #"{"link_name":"a"}"#),
    ])
    func theseContentsAreEqual(left: String, right: String) throws {
        let (left, right) = try (LinkContent(json: left), LinkContent(json: right))
        #expect(left == right)
        #expect(left.digest == right.digest)
        #expect(left.hashValue == right.hashValue)
        #expect(left.fieldsChanged(from: right) == [])
        #expect(left.fields.encoded == right.fields.encoded)
    }

    @Test(arguments: [
        (#"{"link_name":"a"}"#, #"{"link_name":"b"}"#, "link_name"),
        (#"{"link_name":"a","link_error":"X"}"#, #"{"link_name":"a","link_error":"x"}"#, "link_error"),
        (#"{"link_name":"a","link_error_message":"x"}"#, #"{"link_name":"a"}"#, "link_error_message"),
        (#"{"link_name":"a","link_error_message":" "}"#, #"{"link_name":"a"}"#, "link_error_message"),
        (#"{"link_name":"a","topic_names":["x"]}"#, #"{"link_name":"a","topic_names":["X"]}"#, "topic_names"),
        (#"{"link_name":"a","topic_names":["x"]}"#, #"{"link_name":"a","topic_names":["x","y"]}"#, "topic_names"),
        (#"{"link_name":"a","topic_names":["x"]}"#, #"{"link_name":"a","topic_names":[]}"#, "topic_names"),
        (#"{"link_name":"a","kind":"KafkaLinkData"}"#, #"{"link_name":"a","kind":"Other"}"#, "kind"),
        (
            #"{"link_name":"a","category_counts":[{"state_category":"A","count":1},{"state_category":"A","count":1}]}"#,
            #"{"link_name":"a","category_counts":[{"state_category":"A","count":1}]}"#, "category_counts"
        ),
        (
            #"{"link_name":"a","category_counts":[{"state_category":"A","count":1}]}"#,
            #"{"link_name":"a","category_counts":[{"state_category":"A","count":2}]}"#, "category_counts"
        ),
        (
            #"{"link_name":"a","source_cluster_id":"lkc-1"}"#, #"{"link_name":"a","destination_cluster_id":"lkc-1"}"#,
            "destination_cluster_id source_cluster_id"
        ),
        (#"{"link_name":"a","novel":1}"#, #"{"link_name":"a","novel":2}"#, "novel"),
        (#"{"link_name":"a","novel":1}"#, #"{"link_name":"a"}"#, "novel"),
        (#"{"link_name":"a","novel":0}"#, #"{"link_name":"a","novel":false}"#, "novel"),
        (#"{"link_name":"a","novel":"1"}"#, #"{"link_name":"a","novel":1}"#, "novel"),
        (#"{"link_name":"a","novel":""}"#, #"{"link_name":"a"}"#, "novel"),
        (#"{"link_name":"a","novel":[]}"#, #"{"link_name":"a"}"#, "novel"),
        (#"{"link_name":"a","novel":[1,2]}"#, #"{"link_name":"a","novel":[2,1]}"#, "novel"),
        (
            #"{"link_name":"a","novel":12345678901234567890}"#, #"{"link_name":"a","novel":12345678901234567891}"#,
            "novel"
        ),
        (
            #"{"link_name":"a","Link_State":"ACTIVE"}"#, #"{"link_name":"a","link_state":"ACTIVE"}"#,
            "Link_State link_state"
        ),
        (#"{"link_name":"a","novel":"é"}"#, "{\"link_name\":\"a\",\"novel\":\"e\u{301}\"}", "novel"),
    ])
    func theseContentsDiffer(left: String, right: String, fields: String) throws {
        let (left, right) = try (LinkContent(json: left), LinkContent(json: right))
        #expect(left != right)
        #expect(left.fieldsChanged(from: right).joined(separator: " ") == fields)
        #expect(right.fieldsChanged(from: left).joined(separator: " ") == fields)
    }

    @Test(arguments: [
        "1.10", "12345678901234567890", "-0", "1e400", "1E-7", "0.1000", "true", "false", #""""#,
        #""text é \"quoted\"""#,
        "[]", "{}", "[null]", #"{"a":null}"#, #"[{"a":null,"b":[null,1.50]}]"#, #"[3,1,2,1]"#, #"["",""]"#,
        #"{"metadata":{"self":"x"},"tasks":[],"topic_names":[""]}"#,
    ])
    func unknownFieldsAreKeptVerbatim(value: String) throws {
        let content = try LinkContent(json: #"{"link_name":"a","novel":\#(value)}"#)
        let kept = try #require(content.fields["novel"])
        #expect(String(decoding: kept.encoded, as: UTF8.self) == value)
    }

    @Test(
        arguments: [
            (#"{"link_name":"a"}"#, nil),
            (
                #"""
                {"kind":"KafkaLinkData","metadata":{"self":"x"},"link_name":"a","link_id":"a66e98f2-a403-4b54-bc3f-04227fdc3660",
                "cluster_link_id":"pm6Y8qQDS1S8PwQif9w2YA","topic_names":["b","","a"],"link_error":"TIMEOUT_ERROR",
                "link_error_message":"no\nanswer","link_state":"UNAVAILABLE","source_cluster_id":"lkc-1",
                "category_counts":[{"state_category":"PAUSED","count":2}],"novel":{"n":1.10,"z":null,"deep":[{"y":1,"x":2}]}}
                """#,
                #"[{"task_name":"AclSync","state":"IN_ERROR","errors":[{"error_code":"X","error_message":"m"}],"n":1.10}]"#
            ),
        ] as [(String, String?)]
    )
    func aStoredDocumentReadsBackAsTheSameContent(item: String, tasks: String?) throws {
        let content = try LinkContent(json: item, tasks: tasks)
        let stored = content.fields.encoded
        let restored = LinkContent(canonical: try JSONValue(parsing: stored).object.required)
        #expect(restored == content)
        #expect(restored.digest == ContentDigest(of: stored))
        #expect(restored.fields.encoded == stored)
        #expect(restored.tasks == content.tasks)
        #expect(ContentDigest(stored: content.digest.bytes) == content.digest)
    }

    @Test func theFieldsReadAsTheyAreNamed() throws {
        let content = try LinkContent(
            json: #"""
                {"link_name":"orders","cluster_link_id":"pm6Y8qQDS1S8PwQif9w2YA","topic_names":["b","","a","b"],
                "link_error":"TIMEOUT_ERROR","link_error_message":"no answer","link_state":"UNAVAILABLE",
                "source_cluster_id":"lkc-1","destination_cluster_id":"lkc-2","remote_cluster_id":"lkc-3"}
                """#
        )
        #expect(content.name?.rawValue == "orders")
        #expect(content.clusterLinkID?.rawValue == "pm6Y8qQDS1S8PwQif9w2YA")
        #expect(content.topicNames.sorted() == ["a", "b"])
        #expect(content.error?.rawValue == "TIMEOUT_ERROR")
        #expect(content.errorMessage == "no answer")
        #expect(content.state == .unavailable)
        #expect(content.sourceClusterID == "lkc-1")
        #expect(content.destinationClusterID == "lkc-2")
        #expect(content.remoteClusterID == "lkc-3")
    }

    @Test(
        arguments: [
            (#"{"link_name":"a"}"#, nil), (#"{"link_name":"a","remote_cluster_id":"r","source_cluster_id":"s"}"#, "r"),
            (#"{"link_name":"a","source_cluster_id":"s"}"#, "s"),
            (#"{"link_name":"a","destination_cluster_id":"d"}"#, "d"),
        ] as [(String, String?)]
    )
    func olderAnswersNameTheRemoteClusterByItsEnd(item: String, remote: String?) throws {
        #expect(try LinkContent(json: item).remoteClusterID == remote)
    }

    @Test func aDigestIsThirtyTwoBytes() {
        #expect(ContentDigest(of: []).bytes.prefix(4) == [0xE3, 0xB0, 0xC4, 0x42])
        #expect(ContentDigest(stored: [UInt8](repeating: 0, count: 31)) == nil)
        #expect(ContentDigest(stored: [UInt8](repeating: 0, count: 33)) == nil)
    }
}
