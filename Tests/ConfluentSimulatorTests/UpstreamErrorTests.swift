import ConfluentSimulator
import HTTPTypes
import Testing

struct UpstreamErrorTests {
    @Test(arguments: [
        (UpstreamRequest.Operation.listLinks, "lkc-other", 404, 404),
        (.getLink("absent"), "lkc-one", 404, 404),
        (.getLink("absent"), "lkc-other", 404, 404),
        (.listConfigs(link: "absent"), "lkc-one", 404, 404),
        (.listMirrors(link: "absent"), "lkc-one", 404, 404),
        (.deleteLink("absent"), "lkc-one", 404, 404),
        (.getLink(""), "lkc-one", 400, 400),
        (.listConfigs(link: ""), "lkc-one", 400, 400),
    ])
    func `what is missing has its status and code`(
        operation: UpstreamRequest.Operation,
        cluster: String,
        status: Int,
        code: Int
    ) throws {
        var upstream = try makeUpstream()
        let answer = try upstream.answer(operation, on: cluster)
        #expect(answer.status == status)
        let body = try JSONReading.object(answer.body)
        #expect(body["error_code"] as? Int == code)
        #expect(body["message"] is String)
        #expect(body.count == 2)
    }

    @Test func `a link and a cluster that are missing differ in the message alone`() throws {
        var upstream = try makeUpstream()
        let link = try upstream.answer(.getLink("absent"))
        let cluster = try upstream.answer(.getLink("absent"), on: "lkc-other")
        #expect(link.status == cluster.status)
        #expect(link.body != cluster.body)
    }

    private static let attempts: [(SimulatedCredential, String?, String?, Bool)] = [
        (.basic(username: "key", password: "sec:ret"), "Basic a2V5OnNlYzpyZXQ=", nil, true),
        (.basic(username: "key", password: "sec:ret"), "basic a2V5OnNlYzpyZXQ=", nil, true),
        (.basic(username: "key", password: "other"), "Basic a2V5OnNlYzpyZXQ=", nil, false),
        (.basic(username: "key", password: "sec:ret"), nil, nil, false),
        (.bearer(token: "t", identityPool: nil), "Bearer t", nil, true),
        (.bearer(token: "t", identityPool: "pool-1"), "Bearer t", "pool-1", true),
        (.bearer(token: "t", identityPool: "pool-1"), "Bearer t", nil, false),
        (.bearer(token: "t", identityPool: nil), "Bearer u", nil, false),
        (.bearer(token: "t", identityPool: nil), "Bearer", nil, false),
    ]

    @Test(arguments: attempts)
    func `a wrong credential meets a page of the container`(
        credential: SimulatedCredential,
        authorization: String?,
        pool: String?,
        isAdmitted: Bool
    ) throws {
        var upstream = try makeUpstream(credential: credential)
        let request = UpstreamRequest(
            .listLinks,
            on: "lkc-one",
            authorization: authorization,
            identityPool: pool
        )
        let answer = try upstream.answer(request, at: .zero)
        #expect(answer.status == (isAdmitted ? 200 : 401))
        #expect((answer.fields[.contentType]?.hasPrefix("text/html") == true) == !isAdmitted)
        #expect((answer.document == nil) == !isAdmitted)
    }
}
