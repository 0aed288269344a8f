import ClusterLinks
import KafkaREST
import Testing

struct FailureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let status: Int
        let body: String
        let reason: FailureReason
        var code: Int?

        init(_ status: Int, _ body: String, _ reason: FailureReason, code: Int? = nil) {
            self.status = status
            self.body = body
            self.reason = reason
            self.code = code
        }

        var testDescription: String { "\(status) \(body.prefix(60))" }
    }

    static let page = "<html><head><title>Error</title></head><body><h2>HTTP ERROR</h2></body></html>"

    @Test(arguments: [
        Case(400, #"{"error_code":40002,"message":"UNKNOWN_SERVER_ERROR"}"#, .badRequest, code: 40002),
        Case(
            400,
            #"{"error_code":400,"message":"Invalid Cluster Link: x. Link error code: y"}"#,
            .badRequest,
            code: 400
        ),
        Case(401, #"{"error_code":40101,"message":"Unauthorized"}"#, .authentication, code: 40101),
        Case(401, #"{"error_code":401,"message":"Not authorized: no right"}"#, .authorization, code: 401),
        Case(401, page, .authentication), Case(401, "", .authentication), Case(401, "no", .authentication),
        Case(401, #"{"error_code":"401","message":null}"#, .authorization, code: 401),
        Case(401, #"{"status_code":401,"message":"Unauthenticated"}"#, .authentication),
        Case(403, #"{"error_code":40301,"message":"no"}"#, .authorization, code: 40301),
        Case(403, page, .authorization),
        Case(404, #"{"error_code":404,"message":"Cluster x cannot be found."}"#, .notFound, code: 404),
        Case(404, #"{"data":[]}"#, .notFound), Case(404, "", .notFound), Case(404, page, .notFound),
        Case(407, page, .proxy), Case(408, #"{"error_code":40801,"message":"late"}"#, .timeout, code: 40801),
        Case(408, "", .timeout), Case(429, page, .rateLimited),
        Case(429, #"{"error_code":42901,"message":"slow down"}"#, .rateLimited, code: 42901),
        Case(400, #"{"error_code":401,"message":"x"}"#, .badRequest, code: 401), Case(405, "", .badRequest),
        Case(418, "short and stout", .badRequest),
        Case(500, #"{"error_code":50002,"message":"x"}"#, .server, code: 50002),
        Case(502, page, .server), Case(503, #"{"error_code":50302,"message":"x"}"#, .server, code: 50302),
        Case(504, "", .server), Case(599, "", .server), Case(301, "", .redirect), Case(304, "", .redirect),
        Case(302, #"{"data":[]}"#, .redirect), Case(101, "", .protocol), Case(600, "", .protocol),
        Case(0, "", .protocol),
        Case(500, #"{"error_code":99999999999999999999,"message":"x"}"#, .server), Case(500, "[1]", .server),
    ])
    func theStatusClassifiesFirst(_ row: Case) async throws {
        let failure = try await Fixture.failure(.body(row.body, status: row.status))
        #expect(failure.reason == row.reason)
        #expect(failure.errorCode == row.code)
        #expect(failure.httpStatus == row.status)
        #expect(!failure.message.isEmpty)
        #expect(failure.outcome == PollOutcome(failure: row.reason.rawValue, httpStatus: row.status))
        #expect(failure.straightToCap == (row.status == 401 || row.status == 403))
    }

    @Test(arguments: [
        ("dns", FailureReason.dns), ("connect", .connect), ("tls", .tls), ("timeout", .timeout), ("reset", .reset),
        ("too_large", .tooLarge), ("protocol", .protocol), ("redirect", .redirect), ("cancelled", .cancelled),
        ("proxy", .proxy), ("unsupported_scheme", .unsupportedScheme), ("internal", .internal),
        ("a word nobody knows", .internal), ("", .internal),
    ])
    func aTransportsReasonStaysInTheSet(word: String, reason: FailureReason) async throws {
        let failure = try await Fixture.failure(.failure(TransportFailure(reason: word, message: "it broke\n")))
        #expect(failure.reason == reason && failure.httpStatus == nil && failure.message == "it broke")
        #expect(!failure.straightToCap && failure.retryAfter == nil)
    }

    @Test func theDescriptionHasTheNumbers() async throws {
        let failure = try await Fixture.failure(.body(#"{"error_code":40301,"message":"no right"}"#, status: 403))
        #expect("\(failure)" == "authorization (HTTP status 403, error code 40301): no right")
    }

    @Test func aCancelledPollAsksNothing() async throws {
        let transport = ScriptedTransport(Fixture.links, .body(Fixture.page("")))
        let client = try Fixture.client(transport)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await client.listFailure()
        }
        #expect(await task.value?.reason == .cancelled)
        #expect(transport.requests.isEmpty)
    }
}
