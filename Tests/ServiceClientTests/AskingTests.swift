import CurlHTTP
import ExactJSON
import Foundation
import ServiceClient
import Testing

/// Questions, and what is made of their answers.
struct AskingTests {
    @Test(
        arguments: [
            (["a", "b"], [], "/a/b"), (["a/b", "ü", ""], [], "/a%2Fb/%C3%BC/"),
            ([".", "..", "..."], [], "/%2E/%2E%2E/..."),
            (["a?b#c"], [("q", "x&y=z +"), ("r", "")], "/a%3Fb%23c?q=x%26y%3Dz%20%2B&r="),
            (["-._~"], [("a\u{0}", "\n")], "/-._~?a%00=%0A"),
        ] as [([String], [(String, String)], String)]
    )
    func `every character of a name stays in its place`(_ path: [String], _ query: [(String, String)], _ target: String)
    {
        #expect(ServiceRequest(path, query: query.map { (name: $0.0, value: $0.1) }).target == target)
    }

    @Test func `pages are asked for until there are no more, and are one document`() async throws {
        let respondent = ScriptedRespondent { request, number throws(ServiceError) in
            let data = [JSONValue.int(number * 2 - 1), .int(number * 2)]
            let next: JSONValue = number < 3 ? .string("c\(number)") : .null
            return .json(["data": .array(data), "next_cursor": next, "from": .string("page \(number)")])
        }
        var told: [Int] = []
        let list = try await respondent.list(ServiceRequest(["l"], query: [("a", "b")])) { told.append($0) }
        #expect(list.rows == [1, 2, 3, 4, 5, 6])
        #expect(
            respondent.targets == ["/l?a=b&limit=1000", "/l?a=b&limit=1000&cursor=c1", "/l?a=b&limit=1000&cursor=c2"]
        )
        #expect(told == [2, 4])
        #expect(!list.isCut)
        #expect(
            JSONValue.object(list.document) == ["data": [1, 2, 3, 4, 5, 6], "next_cursor": .null, "from": "page 1"]
        )
    }

    @Test func `no more is asked for than is wanted, and what is left out can be asked for`() async throws {
        let respondent = ScriptedRespondent { request, number throws(ServiceError) in
            let limit = request.parameter("limit").flatMap { Int($0) } ?? 0
            let data = Array(repeating: JSONValue.null, count: min(limit, 3))
            return .json(["data": .array(data), "next_cursor": .string("c\(number)")])
        }
        let list = try await respondent.list(ServiceRequest(["l"]), limit: 5, pageSize: 3)
        #expect(list.rows.count == 5 && list.isCut)
        #expect(respondent.targets == ["/l?limit=3", "/l?limit=2&cursor=c1"])
        #expect(list.document["next_cursor"] == "c2")
    }

    @Test(
        arguments: [
            (401, #"{"detail":"d"}"#, "unauthenticated"), (403, #"{"error_code":40301,"message":"d"}"#, "forbidden"),
            (404, #"{"type":"/problems/unknown-link","detail":"d"}"#, "refused unknown-link 404"),
            (404, #"{"error_code":404,"message":"d"}"#, "refused  404"), (502, "<html>", "unintelligible 502"),
            (400, "[]", "unintelligible 400"), (200, "<html>", "unintelligible 200"),
            (500, #"{"message":null}"#, "unintelligible 500"),
        ]
    )
    func `what is no yes is an error that says why`(_ status: Int, _ body: String, _ expected: String) async throws {
        let respondent = ScriptedRespondent { _, _ in ServiceAnswer(status: status, body: Array(body.utf8)) }
        let error = await #expect(throws: ServiceError.self) {
            _ = try await respondent.ask(ServiceRequest(["l"], role: "operate"))
        }
        let told =
            switch error {
            case .unauthenticated: "unauthenticated"
            case .forbidden: "forbidden"
            case .refused(let problem): "refused \(problem.type) \(problem.status)"
            case .unintelligible(let status, _): "unintelligible \(status)"
            default: "\(String(describing: error))"
            }
        #expect(told == expected)
        if [401, 403].contains(status) {
            let text = "\(try #require(error))"
            #expect(text.contains("role operate") && text.contains("LINKWATCH_TOKEN_FILE") && text.hasPrefix("d: "))
        }
    }

    @Test(
        arguments: [
            (401, "this takes the role admin: send a token", "this takes the role admin: send a token"),
            (403, "Links are not created here.", "Links are not created here: this takes the role admin"),
            (401, "the token is none", "the token is none: this takes a token of the role admin or above"),
        ]
    )
    func `a role is told once`(_ status: Int, _ detail: String, _ expected: String) async throws {
        let body = JSONValue.object(["detail": .string(detail)]).encoded
        let respondent = ScriptedRespondent { _, _ in ServiceAnswer(status: status, body: body) }
        let error = await #expect(throws: ServiceError.self) {
            _ = try await respondent.ask(ServiceRequest(["l"], role: "admin"))
        }
        #expect(
            "\(try #require(error))"
                == expected + "; LINKWATCH_TOKEN_FILE or --token-file names the token's file"
        )
    }

    @Test func `an answer without a body is null`() async throws {
        let respondent = ScriptedRespondent { _, _ in ServiceAnswer(status: 201, body: []) }
        #expect(try await respondent.ask(ServiceRequest(["l"], method: .post)) == .null)
    }

    @Test(
        arguments: [
            (.unreachable(address: "a", reason: "r"), true), (.unintelligible(status: 502, reason: "r"), true),
            (.unintelligible(status: 404, reason: "r"), false),
            (.refused(ServiceProblem(status: 503, type: "", detail: "")), true),
            (.refused(ServiceProblem(status: 429, type: "", detail: "")), true),
            (.refused(ServiceProblem(status: 410, type: "", detail: "")), false),
            (.unauthenticated(detail: "", role: ""), false), (.forbidden(detail: "", role: ""), false),
            (.badToken(path: "", reason: ""), false),
        ] as [(ServiceError, Bool)]
    )
    func `only what time mends is passing`(_ error: ServiceError, _ isPassing: Bool) {
        #expect(error.isPassing == isPassing)
    }

    @Test func `a service that is not there is named, with what to do`() async throws {
        let curl = CurlClient(userAgent: "tests", maximumConnections: 1)
        let service = RemoteService(
            address: "http://127.0.0.1:1",
            base: "http://127.0.0.1:1",
            options: CurlOptions(),
            tokenFile: nil,
            curl: curl
        )
        let error = await #expect(throws: ServiceError.self) { _ = try await service.ask(ServiceRequest(["l"])) }
        #expect("\(try #require(error))".hasPrefix("no answer from http://127.0.0.1:1: connection failed"))
        #expect("\(try #require(error))".contains("LINKWATCH_URL"))
        await curl.shutdown()
    }

    @Test(arguments: ["/nowhere/token", "/dev/null"])
    func `a token that cannot be used is told before anything is sent`(_ file: String) async throws {
        let curl = CurlClient(userAgent: "tests", maximumConnections: 1)
        let service = RemoteService(
            address: "a",
            base: "http://127.0.0.1:1",
            options: CurlOptions(),
            tokenFile: file,
            curl: curl
        )
        let error = await #expect(throws: ServiceError.self) { _ = try await service.ask(ServiceRequest(["l"])) }
        guard case .badToken(file, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        await curl.shutdown()
    }

    @Test func `a token that comes out of a pipe serves every request`() async throws {
        let pipe = Pipe()
        pipe.fileHandleForWriting.write(Data("0123456789abcdef\n".utf8))
        try pipe.fileHandleForWriting.close()
        let curl = CurlClient(userAgent: "tests", maximumConnections: 1)
        let service = RemoteService(
            address: "a",
            base: "http://127.0.0.1:1",
            options: CurlOptions(),
            tokenFile: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)",
            curl: curl
        )
        for _ in 1...2 {
            let error = await #expect(throws: ServiceError.self) { _ = try await service.ask(ServiceRequest(["l"])) }
            guard case .unreachable = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        await curl.shutdown()
    }
}
