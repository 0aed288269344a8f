import ClusterLinks
import ExactJSON
import Foundation
import HTTPServing
import Inventory
import InventoryAPI
import KafkaREST
import Testing

/// Creating and deleting links as the interface takes it, over a cluster that a test plays.
@Suite(.timeLimit(.minutes(1)))
struct ManagingTests {
    private static let links = "/kafka/v3/clusters/lkc-1/links"
    private static let secret = "hunter2-correct-horse"
    private static let body = #"{"source_cluster_id":"lkc-2","configs":[{"name":"sasl","value":"\#(secret)"}]}"#
    private static let admin = ["Authorization": "Bearer admin-secret"]

    private static func policy(isOn: Bool = true, origins: [String] = []) -> AccessPolicy {
        AccessPolicy(
            tokens: [
                AccessPolicy.Token(name: "root", role: .admin) { "admin-secret" },
                AccessPolicy.Token(name: "oncall", role: .operate) { "operate-secret" },
            ],
            trustedOrigins: origins,
            allowsManagement: isOn
        )
    }

    private static func message(_ answer: Answer) -> String { answer.json["message"]?.string ?? "" }

    @Test(arguments: [AccessPolicy(), policy(isOn: false)])
    func `whoever may see what is there is told how to turn it on`(policy: AccessPolicy) async throws {
        try await APIFixture.with(policy: policy) { fixture in
            for (method, path) in [("POST", Self.links + "?link_name=a"), ("DELETE", Self.links + "/a")] {
                // Neither role, type, query nor body come before that.
                for fields in [Self.admin, Self.admin.merging(["Content-Type": "application/json"]) { $1 }] {
                    for path in [path, path.replacing("?link_name=a", with: "") + "?nonsense=1"] {
                        let answer = try await fixture.client.send(method, path, fields: fields, body: Self.body)
                        #expect(answer.status == 403)
                        #expect(answer.json["error_code"] == 40301)
                        let message = Self.message(answer)
                        #expect(message.contains("management: true") && message.contains("role admin"), "\(message)")
                    }
                }
            }
            #expect(fixture.upstream.asked.isEmpty)
        }
    }

    @Test func `it takes the role admin, its type and no foreign origin`() async throws {
        try await APIFixture.with(policy: Self.policy(origins: ["https://ui.example"])) { fixture in
            let json = ["Content-Type": "application/json"]
            let operate = ["Authorization": "Bearer operate-secret"]
            for (fields, status, code) in [
                (json, 401, 40101), (json.merging(operate) { $1 }, 403, 40301),
                (Self.admin, 415, 415), (Self.admin.merging(["Content-Type": "text/plain"]) { $1 }, 415, 415),
                (json.merging(Self.admin) { $1 }.merging(["Origin": "https://evil.example"]) { $1 }, 403, 40301),
            ] {
                let path = Self.links + "?link_name=a"
                let answer = try await fixture.client.send("POST", path, fields: fields, body: Self.body)
                #expect(answer.status == status && answer.json["error_code"] == .int(code), "\(answer.text)")
                #expect(!answer.text.contains(Self.secret))
            }
            // Clients of Kafka REST send a DELETE without a body, and so without a type.
            for (fields, status) in [
                ([:], 401), (operate, 403), (Self.admin.merging(["Origin": "https://evil.example"]) { $1 }, 403),
            ] {
                let answer = try await fixture.client.send("DELETE", Self.links + "/a", fields: fields)
                #expect(answer.status == status)
                #expect(answer.json["error_code"] != nil)
            }
            #expect(fixture.upstream.asked.isEmpty)
            let silence = try await fixture.client.send("DELETE", "/api/v1/silences/x", fields: Self.admin)
            #expect(silence.status == 415, "elsewhere a DELETE still says its type")
            #expect(try await fixture.client.send("DELETE", Self.links + "/a", fields: Self.admin).status == 204)
            #expect(fixture.upstream.asked.map(\.actor) == ["root"])
        }
    }

    @Test func `queries and bodies reach the cluster, and its answer the client, as they are`() async throws {
        try await APIFixture.with(policy: Self.policy()) { fixture in
            let spaced = #" {"future_field" : [1.10], "configs": null }"# + "\n"
            let created = try await fixture.post(
                Self.links + "?link_name=a%2Fb%20%C3%BC&validate_link=false&validate_only=true",
                spaced,
                Self.admin
            )
            #expect(created.status == 201 && created.body.isEmpty)
            #expect(created.fields["cache-control"] == "no-store")
            #expect(created.fields["via"] == "1.1 linkwatch")
            _ = try await fixture.post(Self.links + "?link_name=b", "{}", Self.admin)
            _ = try await fixture.delete(Self.links + "/a%2Fb?force=true", Self.admin)
            _ = try await fixture.delete(Self.links + "/%2D?validate_only=false", Self.admin)
            let name = try #require(LinkName("a/b ü"))
            let expected: [ForwardedRequest.Operation] = [
                .create(name, validateOnly: true, validateLink: false, body: Array(spaced.utf8)),
                .create(try #require(LinkName("b")), body: Array("{}".utf8)),
                .delete(try #require(LinkName("a/b")), force: true),
                .delete(try #require(LinkName("-")), validateOnly: false),
            ]
            #expect(fixture.upstream.asked.map(\.request.operation) == expected)
            let page = "<html><script>1</script>"
            for status in [200, 400, 401, 403, 404, 429, 500, 503] {
                let answer = ForwardedAnswer(
                    status: status,
                    contentType: "text/html;charset=iso-8859-1",
                    retryAfter: status == 429 ? "7" : nil,
                    body: Array(page.utf8)
                )
                fixture.upstream.answer(.success(answer))
                let passed = try await fixture.delete(Self.links + "/a", Self.admin)
                #expect(passed.status == status && passed.text == page)
                #expect(passed.fields["content-type"] == "text/html;charset=iso-8859-1")
                #expect(passed.fields["retry-after"] == (status == 429 ? "7" : nil))
                // A page that a cluster sends runs nothing where linkwatch's own page has its token.
                #expect(passed.fields["content-security-policy"]?.hasPrefix("sandbox") == true)
                #expect(passed.fields["x-content-type-options"] == "nosniff")
                #expect(passed.fields["www-authenticate"] == nil)
            }
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", "7", "\"\(secret)\"", "{}{}", "{\"a\":\"\u{1}\"}",
        #"{"source_cluster_id":7,"x":"\#(secret)"}"#, #"{"cluster_link_id":["\#(secret)"]}"#,
        #"{"remote_cluster_id":{}}"#, #"{"destination_cluster_id":true}"#, #"{"configs":{"\#(secret)":1}}"#,
        #"{"configs":["\#(secret)"]}"#, #"{"configs":[{"value":"\#(secret)"}]}"#, #"{"configs":[{"name":""}]}"#,
        #"{"configs":[{"name":"\#(secret)","value":7}]}"#, #"{"configs":[],"configs":["\#(secret)"]}"#,
        #"{"\#(secret)": \#(secret)}"#, String(repeating: "[", count: 100_000),
    ])
    func `a body of another shape is refused, and nothing of it is shown`(body: String) async throws {
        try await APIFixture.with(policy: Self.policy()) { fixture in
            let answer = try await fixture.post(Self.links + "?link_name=a", body, Self.admin)
            #expect(answer.status == 400)
            #expect(answer.json["error_code"] == 40002)
            #expect(!answer.text.contains("hunter"), "\(answer.text)")
            #expect(fixture.upstream.asked.isEmpty)
        }
    }

    @Test func `a body that is too large is refused in Confluent's shape`() async throws {
        try await APIFixture.with(policy: Self.policy()) { fixture in
            let body = #"{"x":"\#(String(repeating: Self.secret, count: 60_000))"}"#
            let answer = try await fixture.post(Self.links + "?link_name=a", body, Self.admin)
            #expect(answer.status == 413)
            #expect(answer.json["error_code"] == 413 && answer.json["message"] != nil, "\(answer.text)")
            let elsewhere = try await fixture.post("/api/v1/silences", body, Self.admin)
            #expect(elsewhere.status == 413 && elsewhere.fields["content-type"] == "application/problem+json")
            #expect(fixture.upstream.asked.isEmpty)
        }
    }

    @Test(arguments: [
        ("", 400), ("?link_name=", 400), ("?validate_only=true", 400), ("?link_name=a&link_name=b", 40002),
        ("?link_name=a&force=true", 40002), ("?link_name=a&validate_only=yes", 40002),
        ("?link_name=a&validate_only=TRUE", 40002), ("?link_name=a&validate_link=", 40002),
        ("?link_name=a&include_tasks=true", 40002), ("?link_name=%FF", 40002), ("?link_name=.", 400),
        ("?link_name=%2E%2E", 400), ("?link_name=%00", 40002), ("?link_name=a%0D%0Ab", 400), ("?link_name=%C2%85", 400),
        ("?link_name=" + String(repeating: "n", count: 1025), 400),
    ])
    func `a creation whose query says nothing certain is refused`(query: String, code: Int) async throws {
        try await APIFixture.with(policy: Self.policy()) { fixture in
            let answer = try await fixture.post(Self.links + query, "{}", Self.admin)
            #expect(answer.status == 400)
            #expect(answer.json["error_code"] == .int(code) && !Self.message(answer).isEmpty, "\(answer.text)")
            #expect(fixture.upstream.asked.isEmpty)
        }
    }

    @Test(arguments: [
        ("/", 404), ("//", 404), ("/.", 400), ("/..", 400), ("/%2E%2e", 400), ("/.%2E", 400), ("/%00", 400),
        ("/a%00b", 400), ("/%FF", 400), ("/a/b", 404), ("/%0A", 400), ("/a?force=1", 400),
        ("/a?validate_link=true", 400),
        ("/" + String(repeating: "%F0%9F%98%80", count: 257), 400), ("/" + String(repeating: "n", count: 9000), 414),
    ])
    func `a deletion that may mean something else is refused`(path: String, status: Int) async throws {
        try await APIFixture.with(policy: Self.policy()) { fixture in
            let answer = try await fixture.delete(Self.links + path, Self.admin)
            #expect(answer.status == status)
            #expect(status == 414 || answer.json["error_code"] != nil, "\(answer.text)")
            #expect(fixture.upstream.asked.isEmpty)
        }
    }

    /// Every character of ASCII, alone and within a name, and one of each plane and some that are easily lost.
    private static let oddNames: [String] = {
        let ascii = (0...0x7F).compactMap { UnicodeScalar($0).map(Character.init) }
        let planes = [
            0x80, 0xA0, 0xAD, 0x301, 0x200B, 0x202E, 0x2028, 0xFEFF, 0xFFFD, 0xFFFF, 0x1F600, 0xE0001, 0x10FFFF,
        ]
        .compactMap { UnicodeScalar($0).map(Character.init) }
        return (ascii + planes).flatMap { ["\($0)", "a\($0)b"] }
    }()

    @Test func `every name reaches the cluster byte for byte, or is refused`() async throws {
        try await APIFixture.with(policy: Self.policy()) { fixture in
            var passed = 0
            for (index, name) in (Self.oddNames + [".."]).enumerated() {
                let escaped = name.utf8.map { ($0 < 0x10 ? "%0" : "%") + String($0, radix: 16) }.joined()
                let isRefused =
                    name == "." || name == ".."
                    || name.unicodeScalars.contains { $0.properties.generalCategory == .control }
                // Alone in a path, within a name in a query.
                let isCreation = !index.isMultiple(of: 2)
                let answer =
                    isCreation
                    ? try await fixture.post(Self.links + "?link_name=" + escaped, "{}", Self.admin)
                    : try await fixture.delete(Self.links + "/" + escaped, Self.admin)
                #expect(answer.status == (isRefused ? 400 : isCreation ? 201 : 204), "\(escaped): \(answer.text)")
                if !isRefused { passed += 1 }
                #expect(fixture.upstream.asked.count == passed)
                #expect(isRefused || fixture.upstream.asked.last?.request.link == LinkName(name), "\(escaped)")
            }
            #expect(passed > 200)
        }
    }

    @Test func `a cluster that is not asked is told why`() async throws {
        let clusters = ["lkc-1", "lkc-2"].map { ClusterDescription(id: ClusterID($0)) }
        try await APIFixture.with(clusters: clusters, policy: Self.policy()) { fixture in
            try await fixture.list([item("a")], on: ClusterID("lkc-2"))
            await fixture.store.configure(Array(clusters.prefix(1)))
            for cluster in ["none", "lkc-2", "..%2f"] {
                let path = Self.links.replacing("lkc-1", with: cluster)
                for answer in [
                    try await fixture.post(path + "?link_name=a", "{}", Self.admin),
                    try await fixture.delete(path + "/a", Self.admin),
                    try await fixture.get(path + "/a/configs", Self.admin),
                ] {
                    #expect(answer.status == 404 && answer.json["error_code"] == 404, "\(answer.text)")
                }
            }
            #expect(fixture.upstream.asked.isEmpty)
            let timeout = ForwardFailure(.timeout, message: "no answer", mayHaveBeenCarriedOut: true)
            let refused = ForwardFailure(.connect, message: "refused", mayHaveBeenCarriedOut: false)
            let stopped = ForwardFailure(.cancelled, message: "given up", mayHaveBeenCarriedOut: true)
            for (refusal, status, code, words) in [
                (ForwardRefusal.failed(timeout), 504, 504, "not known whether"),
                (.failed(refused), 502, 502, "was not carried out"),
                (.failed(stopped), 503, 50302, "not known whether"),
                (.busy, 429, 42901, "ask again"), (.notStored, 503, 50302, "audit cannot be written"),
                (.unavailable, 503, 50302, "not asked"), (.notConfigured, 404, 404, "cannot be found"),
            ] {
                fixture.upstream.answer(.failure(refusal))
                let answer = try await fixture.post(Self.links + "?link_name=a", Self.body, Self.admin)
                #expect(answer.status == status && answer.json["error_code"] == .int(code), "\(answer.text)")
                #expect(Self.message(answer).contains(words), "\(answer.text)")
                #expect(
                    (answer.fields["retry-after"] != nil)
                        == ([429, 503].contains(status) && code != 504 && refusal != .failed(stopped))
                )
                #expect(answer.fields["via"] == nil, "it is linkwatch's own answer")
                #expect(!answer.text.contains(Self.secret))
                let read = try await fixture.get(Self.links + "/a/mirrors", Self.admin)
                #expect(read.status == status && !Self.message(read).contains("carried out"), "\(read.text)")
                let trial = Self.links + "?link_name=a&validate_only=true"
                #expect(!Self.message(try await fixture.post(trial, "{}", Self.admin)).contains("carried out"))
            }
        }
    }
}
