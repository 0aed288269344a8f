import ClusterLinks
import KafkaREST
import Testing

struct SingleLinkTests {
    private static let url = "\(Fixture.links)/orders?include_tasks=true"

    private static func read(_ body: String, includeTasks: Bool = true) async throws -> LinkReading {
        let transport = ScriptedTransport([
            url: [.body(body)], "\(Fixture.links)/orders": [.body(body)],
        ])
        let name = try #require(LinkName("orders"))
        let answer = try await Fixture.client(transport).link(name, includeTasks: includeTasks)
        guard case .link(let reading) = answer else { throw Fixture.NothingNew() }
        return reading
    }

    @Test func theReadingHasTheTasksAndTheIDOfTheAnswer() async throws {
        let reading = try await Self.read(
            """
            {"link_name":"orders","cluster_link_id":"8cnFuCsOTwyKdw1aPB6bQg","link_state":"ACTIVE","tasks":[
             {"task_name":"TopicConfigsSync","state":"ACTIVE","errors":[]},
             {"task_name":"AclSync","state":"IN_ERROR","errors":[{"error_code":"AUTHORIZATION_ERROR","error_message":"no"}]}]}
            """
        )
        #expect(reading.item.identity.clusterLinkID?.rawValue == "8cnFuCsOTwyKdw1aPB6bQg")
        let content = reading.item.content.with(tasks: reading.tasks)
        #expect(content.tasks.filter(\.isFailing).map(\.name) == ["AclSync"])
        #expect(content.tasks.count == 2)
    }

    @Test func anAnswerWithTheOldIDOnlyHasTheIDMadeOfIt() async throws {
        let reading = try await Self.read(#"{"link_name":"orders","link_id":"a66e98f2-a403-4b54-bc3f-04227fdc3660"}"#)
        #expect(reading.item.identity.clusterLinkID?.rawValue == "pm6Y8qQDS1S8PwQif9w2YA")
    }

    @Test(arguments: [
        #"{"link_name":"orders"}"#, #"{"link_name":"orders","tasks":null}"#, #"{"link_name":"orders","tasks":[]}"#,
    ])
    func noTasksAreAReadingToo(body: String) async throws {
        #expect(try await Self.read(body).tasks == TaskReading(nil))
    }

    @Test func tasksThatWereNotAskedForAreNotRead() async throws {
        let body = #"{"link_name":"orders","tasks":[{"task_name":"AclSync","state":"IN_ERROR"}]}"#
        #expect(try await Self.read(body, includeTasks: false).tasks == nil)
    }

    @Test(arguments: [
        ("[]", "no JSON object"), ("{}", "names no link"), (#"{"link_name":""}"#, "names no link"),
        (#"{"cluster_link_id":"i"}"#, "names no link"), (#"{"link_name":"other"}"#, "another link, other"),
        (#"{"link_name":"orders","tasks":"none"}"#, "no array"), (#"{"link_name":"orders","tasks":{}}"#, "no array"),
        ("<html><title>Welcome</title>", "HTML came instead of JSON: Welcome"), ("", "empty"),
        (#"{"error_code":400,"message":"Invalid Cluster Link Name."}"#, "Invalid Cluster Link Name."),
    ])
    func aBodyThatIsNotThatLinkIsMalformed(body: String, message: String) async throws {
        await #expect {
            try await Self.read(body)
        } throws: { error in
            let failure = error as? PollFailure
            return failure?.reason == .malformed && failure?.message.contains(message) == true
        }
    }

    @Test func theSameBodyIsRecognised() async throws {
        let transport = ScriptedTransport(Self.url, .body(#"{"link_name":"orders"}"#))
        let client = try Fixture.client(transport)
        let name = try #require(LinkName("orders"))
        guard case .link(let reading) = try await client.link(name, includeTasks: true) else {
            throw Fixture.NothingNew()
        }
        #expect(try await client.link(name, includeTasks: true, unlessDigest: reading.digest) == .unchanged)
    }

    @Test func aMissingLinkIsNotFound() async throws {
        let reply = ScriptedTransport.Reply.body(
            #"{"error_code":404,"message":"The link is not there."}"#,
            status: 404
        )
        let client = try Fixture.client(ScriptedTransport(Self.url, reply))
        let name = try #require(LinkName("orders"))
        await #expect {
            try await client.link(name, includeTasks: true)
        } throws: { error in
            (error as? PollFailure)?.reason == .notFound
        }
    }
}
