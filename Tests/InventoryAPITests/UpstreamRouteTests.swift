import ClusterLinks
import ExactJSON
import Foundation
import InventoryAPI
import KafkaREST
import Testing

/// What is asked of a cluster each time: settings and mirror topics.
@Suite(.timeLimit(.minutes(1)))
struct UpstreamRouteTests {
    private static let links = "/kafka/v3/clusters/lkc-1/links"

    @Test func `questions reach the cluster whatever management says, and need no list of it`() async throws {
        let token = AccessPolicy.Token(name: "grafana", role: .read) { "secret" }
        try await APIFixture.with(policy: AccessPolicy(tokens: [token])) { fixture in
            let fields = ["Authorization": "Bearer secret"]
            let a = try #require(LinkName("a/b"))
            for (path, operation) in [
                ("/a%2Fb/configs", ForwardedRequest.Operation.configs(of: a)), ("/a%2Fb/mirrors", .mirrors(of: a)),
                ("/a%2Fb/mirrors?mirror_status=LINK_PAUSED", .mirrors(of: a, status: "LINK_PAUSED")),
                ("/-/mirrors", .mirrors(of: nil)), ("/-/mirrors?mirror_status=x", .mirrors(of: nil, status: "x")),
            ] {
                #expect(try await fixture.get(Self.links + path).status == 401)
                let answer = try await fixture.get(Self.links + path, fields)
                #expect(answer.status == 200 && answer.json["kind"] == "KafkaMirrorDataList")
                #expect(answer.fields["cache-control"] == "no-store" && answer.fields["age"] == nil)
                #expect(fixture.upstream.asked.last?.request.operation == operation)
                let head = try await fixture.client.send("HEAD", Self.links + path, fields: fields)
                #expect(head.status == 200 && head.body.isEmpty)
                #expect(head.fields["content-length"] == "\(answer.body.count)")
            }
            #expect(fixture.upstream.asked.allSatisfy { $0.actor == nil && $0.cluster.rawValue == "lkc-1" })
        }
    }

    @Test(arguments: [
        ("/a/mirrors?mirror_status=", 400, 40002), ("/a/mirrors?mirror_status=A,B", 400, 40002),
        ("/a/mirrors?mirror_status=%00", 400, 40002), ("/a/configs?mirror_status=ACTIVE", 400, 40002),
        ("/../configs", 400, 400), ("/%2e/mirrors", 400, 400), ("/a%01/configs", 400, 400), ("//configs", 404, 404),
        ("//mirrors", 404, 404), ("/a/configs/x", 404, 404), ("/-/configs/", 404, 404),
    ])
    func `what is no question is refused in Confluent's shape`(path: String, status: Int, code: Int) async throws {
        try await APIFixture.with { fixture in
            let answer = try await fixture.get(Self.links + path)
            #expect(answer.status == status)
            #expect(answer.json["error_code"] == .int(code), "\(answer.text)")
            #expect(answer.fields["content-type"] == "application/json")
            #expect(fixture.upstream.asked.isEmpty)
        }
    }

    @Test func `large answers that nobody takes are bounded, and small ones still come`() async throws {
        try await APIFixture.with { fixture in
            let large = ForwardedAnswer(status: 200, body: [UInt8](repeating: 0x20, count: 16 << 20))
            fixture.upstream.answer(.success(large))
            let path = Self.links + "/-/mirrors"
            var readers = try (0..<4).map { _ in try fixture.client.connect(path, receiveBuffer: 4096) }
            defer { for reader in readers { close(reader) } }
            for reader in readers {
                var byte: UInt8 = 0
                // Its answer has begun, and the kernel does not take all of it.
                try #require(recv(reader, &byte, 1, 0) == 1)
            }
            let refused = try await fixture.get(path)
            #expect(refused.status == 429 && refused.json["error_code"] == 42901, "\(refused.text)")
            #expect(refused.fields["retry-after"] == "1")
            #expect(try await fixture.client.send("HEAD", path).status == 429)
            fixture.upstream.answer(.success(ForwardedAnswer(status: 200, body: Array("{}".utf8))))
            #expect(try await fixture.get(path).text == "{}")
            fixture.upstream.answer(.success(large))
            // With bytes unread that resets the connection, and the server gives back the place.
            close(readers.removeFirst())
            var answer = try await fixture.get(path)
            while answer.status == 429 { answer = try await fixture.get(path) }
            #expect(answer.status == 200 && answer.body.count == large.body.count)
            #expect(try await fixture.client.send("HEAD", path).fields["content-length"] == "\(large.body.count)")
        }
    }

    @Test func `a body that is packed without saying so stays as it came`() async throws {
        try await APIFixture.with { fixture in
            let bytes: [UInt8] = [0x1F, 0x8B, 0x08, 0x00, 0xFF, 0x00, 0x0A]
            fixture.upstream.answer(.success(ForwardedAnswer(status: 502, body: bytes)))
            let answer = try await fixture.get(Self.links + "/a/configs", ["Accept-Encoding": "gzip"])
            #expect(answer.status == 502 && answer.body == bytes)
            #expect(answer.fields["content-type"] == nil && answer.fields["content-encoding"] == nil)
        }
    }
}
