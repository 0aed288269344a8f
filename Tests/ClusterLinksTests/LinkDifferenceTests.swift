import ClusterLinks
import ExactJSON
import Testing

/// What became of links between two instants, field by field.
struct LinkDifferenceTests {
    @Test(
        arguments: [
            ("{}", "{}", "{}"),
            (#"{"link_error":"NO_ERROR"}"#, #"{"link_error":null}"#, "{}"),
            (#"{"topic_names":["b","a",""]}"#, #"{"topic_names":["a","b"]}"#, "{}"),
            (
                #"{"link_error":"TIMEOUT_ERROR"}"#, "{}",
                #"{"link_error":{"from":"TIMEOUT_ERROR","to":null}}"#
            ),
            (
                #"{"link_state":"ACTIVE","novel":{"b":1.10,"a":1}}"#,
                #"{"link_state":"PAUSED","novel":{"a":1,"b":1.1}}"#,
                #"{"link_state":{"from":"ACTIVE","to":"PAUSED"},"novel":{"from":{"a":1,"b":1.10},"to":{"a":1,"b":1.1}}}"#
            ),
            (
                #"{"topic_names":["a","b"]}"#, #"{"topic_names":["c","b","d"]}"#,
                #"{"topic_names":{"added":["c","d"],"removed":["a"]}}"#
            ),
            ("{}", #"{"topic_names":["a"]}"#, #"{"topic_names":{"added":["a"],"removed":[]}}"#),
            (#"{"topic_names":["a"]}"#, "{}", #"{"topic_names":{"added":[],"removed":["a"]}}"#),
            // Two spellings of one character are two topics.
            (
                #"{"topic_names":["caf\u00e9"]}"#, #"{"topic_names":["cafe\u0301"]}"#,
                "{\"topic_names\":{\"added\":[\"cafe\u{301}\"],\"removed\":[\"caf\u{E9}\"]}}"
            ),
            // What is no list is told as it is.
            (#"{"topic_names":"a"}"#, #"{"topic_names":["a"]}"#, #"{"topic_names":{"from":"a","to":["a"]}}"#),
            ("{}", #"{"topic_names":7}"#, #"{"topic_names":{"from":null,"to":7}}"#),
        ] as [(String, String, String)]
    )
    func tellsEachFieldThatDiffers(earlier: String, later: String, fields: String) throws {
        let differences = FieldDifference.between(
            LinkDocument(try LinkContent(json: earlier)),
            LinkDocument(try LinkContent(json: later))
        )
        let json = JSONObject(differences.map { ($0.name, .object($0.json)) })
        #expect(String(decoding: json.encoded, as: UTF8.self) == fields)
    }

    @Test func tasksAreReplacedAsAWhole() throws {
        let earlier = try LinkContent(json: "{}", tasks: #"[{"task_name":"A","state":"ACTIVE"}]"#)
        let later = try LinkContent(json: "{}", tasks: #"[{"task_name":"A","state":"IN_ERROR"}]"#)
        let differences = FieldDifference.between(LinkDocument(earlier), LinkDocument(later))
        #expect(differences.map(\.name) == ["tasks"])
        #expect(differences.first?.json["to"] == [["state": "IN_ERROR", "task_name": "A"]])
    }

    @Test(
        arguments: [
            ([], [], []),
            (["A x 1 ok"], ["A x 1 ok"], []),
            ([], ["A x 1 ok"], ["added A x 1 (cluster_link_id link_name)"]),
            (["A x 1 ok"], [], ["removed A x 1 (cluster_link_id link_name)"]),
            (["A x 1 ok"], ["A x 1 bad"], ["changed A x 1 (link_error)"]),
            (["A x 1 ok"], ["A x 2 ok"], ["recreated A x 2 (cluster_link_id)"]),
            (["A x 1 ok"], ["A x 2 bad"], ["recreated A x 2 (cluster_link_id link_error)"]),
            // The name is an attribute.
            (["A x 1 ok"], ["A y 1 ok"], ["changed A y 1 (link_name)"]),
            (
                ["A x 1 ok", "A y 2 ok"], ["A y 1 ok", "A x 2 ok"],
                ["changed A x 2 (link_name)", "changed A y 1 (link_name)"]
            ),
            // On another cluster it is another link.
            (
                ["A x 1 ok"], ["B x 1 ok"],
                ["removed A x 1 (cluster_link_id link_name)", "added B x 1 (cluster_link_id link_name)"]
            ),
            // An id that has come to be known is no change, and a missing id is not another one.
            (["A x - ok"], ["A x 1 ok"], []), (["A x 1 ok"], ["A x - ok"], []),
            (["A x - ok"], ["A x 1 bad"], ["changed A x 1 (link_error)"]),
            (["A x - ok"], ["A x - bad"], ["changed A x - (link_error)"]),
            // Which of two followed which nobody knows.
            (
                ["A x 1 ok"], ["A x 2 ok", "A x 3 ok"],
                [
                    "removed A x 1 (cluster_link_id link_name)", "added A x 2 (cluster_link_id link_name)",
                    "added A x 3 (cluster_link_id link_name)",
                ]
            ),
            (
                ["A x 1 ok", "A x 2 ok"], ["A x 2 bad", "A x 3 ok"],
                ["changed A x 2 (link_error)", "recreated A x 3 (cluster_link_id)"]
            ),
            // In order of cluster, name and id, compared by their bytes.
            (
                [], ["B a 1 ok", "A b 1 ok", "A a 2 ok", "A a 1 ok", "A Z 1 ok"],
                ["A Z 1", "A a 1", "A a 2", "A b 1", "B a 1"].map { "added \($0) (cluster_link_id link_name)" }
            ),
        ] as [([String], [String], [String])]
    )
    func tellsWhatBecameOfEachLink(earlier: [String], later: [String], expected: [String]) throws {
        let differences = LinkDifference.between(
            try earlier.map(ListedLink.init(text:)),
            try later.map(ListedLink.init(text:))
        )
        #expect(
            differences.map {
                "\($0.kind.rawValue) \($0.cluster) \($0.name) \($0.identity.clusterLinkID?.rawValue ?? "-") "
                    + "(\($0.fields.map(\.name).joined(separator: " ")))"
            } == expected
        )
    }

    @Test func itsJSONIsThatOfTheInterface() throws {
        let differences = LinkDifference.between(
            [try ListedLink(text: "A x 1 ok")],
            [try ListedLink(text: "A x 2 bad"), try ListedLink(text: "B y - ok")]
        )
        #expect(
            differences.map { String(decoding: $0.json.encoded, as: UTF8.self) } == [
                #"{"kind":"recreated","cluster_id":"A","link_name":"x","cluster_link_id":"2","fields":{"#
                    + #""cluster_link_id":{"from":"1","to":"2"},"link_error":{"from":null,"to":"TIMEOUT_ERROR"}}}"#,
                #"{"kind":"added","cluster_id":"B","link_name":"y","cluster_link_id":null,"#
                    + #""fields":{"link_name":{"from":null,"to":"y"}}}"#,
            ]
        )
    }

    /// Taking the differences of the one to the other gives the other.
    @Test(arguments: 0..<100)
    func differencesLeadFromTheOneToTheOther(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        func links() throws -> [ListedLink] {
            var links: [LinkIdentity: ListedLink] = [:]
            for id in ["1", "2", "3", "4", "5", "6"] where generator.oneIn(2) {
                let name = ["x", "y", "z"].randomElement(using: &generator) ?? "x"
                let link = try ListedLink(text: "A \(name) \(id) \(generator.oneIn(2) ? "ok" : "bad")")
                links[link.identity] = link
            }
            return Array(links.values)
        }
        let (earlier, later) = (try links(), try links())
        var contents = Dictionary(earlier.map { ($0.identity, $0.document.content) }) { $1 }
        for difference in LinkDifference.between(earlier, later) {
            let before = difference.fields.first { $0.name == "cluster_link_id" }?.json["from"]?.string
            let identity =
                difference.kind == .recreated
                ? before.flatMap { ClusterLinkID($0) }.map(LinkIdentity.id) : difference.identity
            let known = identity.flatMap { contents.removeValue(forKey: $0) }
            #expect((known == nil) == (difference.kind == .added))
            var fields = known?.fields ?? [:]
            for field in difference.fields {
                fields[field.name] = field.json["to"].flatMap { $0.isNull ? nil : $0 }
            }
            if difference.kind != .removed { contents[difference.identity] = LinkContent(canonical: fields.sorted) }
        }
        #expect(contents == Dictionary(later.map { ($0.identity, $0.document.content) }) { $1 })
    }
}

extension ListedLink {
    /// `CLUSTER NAME ID ok` or `bad`, with `-` for no id.
    fileprivate init(text: String) throws {
        let words = text.split(separator: " ").map(String.init)
        let name = try #require(LinkName(words[1]))
        let id = words[2] == "-" ? nil : ClusterLinkID(words[2])
        var item: JSONObject = ["link_name": .string(words[1])]
        item["cluster_link_id"] = id.map { .string($0.rawValue) }
        if words[3] == "bad" { item["link_error"] = "TIMEOUT_ERROR" }
        self.init(
            cluster: ClusterID(words[0]),
            identity: id.map(LinkIdentity.id) ?? .name(name),
            name: name,
            document: LinkDocument(LinkContent(item: item))
        )
    }
}
