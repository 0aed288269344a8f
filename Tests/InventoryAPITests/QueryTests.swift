import ExactJSON
import Querying
import Testing

/// Statements over HTTP: what is taken, and how answers and refusals come back.
struct QueryTests {
    private func ask(
        _ fixture: APIFixture,
        _ body: String,
        _ fields: [String: String] = [:]
    ) async throws -> Answer {
        let all = ["Content-Type": "application/json"].merging(fields) { $1 }
        return try await fixture.client.send("POST", "/api/v1/query", fields: all, body: body)
    }

    @Test func `rows come as JSON or as CSV, as is accepted`() async throws {
        try await APIFixture.with { fixture in
            let json = try await ask(fixture, #"{"sql":"one"}"#)
            #expect(json.status == 200)
            #expect(json.fields["content-type"] == "application/json")
            #expect(
                json.text == #"{"columns":[{"name":"n","type":"integer"}],"rows":[[1],[2]],"truncated":false,"#
                    + #""duration_seconds":0.005}"# + "\n"
            )
            let csv = try await ask(fixture, #"{"sql":"many"}"#, ["Accept": "text/csv"])
            #expect(csv.fields["content-type"] == "text/csv; charset=utf-8; header=present")
            #expect(csv.fields["linkwatch-truncated"] == "rows")
            #expect(csv.text == "n\r\n1\r\n2\r\n")
            for (accept, type) in [
                ("*/*", "application/json"), ("text/*", "text/csv"),
                ("text/csv;q=0.5, application/json;q=0.4", "text/csv"),
                ("text/csv;q=0.5, application/json", "application/json"), ("TEXT/CSV", "text/csv"),
                ("text/html, */*;q=0.1", "application/json"), ("application/json;q=0, */*", "text/csv"),
            ] {
                let answer = try await ask(fixture, #"{"sql":"one"}"#, ["Accept": accept])
                #expect(answer.fields["content-type"]?.hasPrefix(type) == true, "\(accept)")
            }
            for accept in ["text/html", "application/json;q=0", "", "text/csv;q=no"] {
                let answer = try await ask(fixture, #"{"sql":"one"}"#, ["Accept": accept])
                #expect((answer.status, answer.problem) == (406, "not-acceptable"), "\(accept)")
            }
        }
    }

    @Test func `parameters are taken as they are meant`() async throws {
        try await APIFixture.with { fixture in
            _ = try await ask(fixture, #"{"sql":"a","parameters":[null,true,false,-7,2.0,1e3,"x\u0000"]}"#)
            _ = try await ask(fixture, #"{"sql":"b","parameters":{"a":1,":b":"x"}}"#)
            _ = try await ask(fixture, #"{"sql":"c","parameters":null}"#)
            #expect(
                fixture.queries.questions.map(\.parameters) == [
                    .positional([
                        .null, .integer(1), .integer(0), .integer(-7), .real(2), .real(1000), .text("x\u{0}"),
                    ]),
                    .named([.init(name: "a", value: .integer(1)), .init(name: ":b", value: .text("x"))]),
                    .positional([]),
                ]
            )
        }
    }

    @Test(
        arguments: [
            ("", nil), ("[]", nil), ("{", nil), ("{\"sql\":\"\u{1}\"}", nil), ("{}", "sql"), (#"{"sql":1}"#, "sql"),
            (#"{"sql":null}"#, "sql"),
            (#"{"sql":"x","parameter":[]}"#, "parameter"), (#"{"sql":"x","parameters":7}"#, "parameters"),
            (#"{"sql":"x","parameters":[[1]]}"#, "parameters[0]"),
            (#"{"sql":"x","parameters":{"a":{}}}"#, "parameters.a"),
            (#"{"sql":"x","parameters":[1,9223372036854775808]}"#, "parameters[1]"),
        ] as [(String, String?)]
    )
    func `a body of another shape is refused`(body: String, member: String?) async throws {
        try await APIFixture.with { fixture in
            let answer = try await ask(fixture, body)
            #expect((answer.status, answer.problem) == (400, "bad-body"), "\(answer.text)")
            #expect(answer.json["member"]?.string == member)
            #expect(fixture.queries.questions.isEmpty)
        }
    }

    @Test func `what another site's page could send is refused, and so is another way of asking`() async throws {
        try await APIFixture.with { fixture in
            let statement = #"{"sql":"x"}"#
            let form = try await ask(fixture, statement, ["Content-Type": "text/plain"])
            #expect(form.status == 415)
            let foreign = try await ask(fixture, statement, ["Origin": "https://elsewhere.example"])
            #expect(foreign.status == 403)
            let reading = try await fixture.get("/api/v1/query")
            #expect((reading.status, reading.fields["allow"]) == (405, "OPTIONS, POST"))
            let json = ["Content-Type": "application/json"]
            let inQuery = try await fixture.client.send("POST", "/api/v1/query?sql=x", fields: json, body: statement)
            #expect((inQuery.status, inQuery.problem) == (400, "unknown-parameter"))
            #expect(fixture.queries.questions.isEmpty)
        }
    }

    @Test func `every refusal has a status and a type of its own and says the reason`() async throws {
        let refusals: [(QueryRefusal, Int, String)] = [
            (.empty, 400, "bad-query"), (.severalStatements, 400, "bad-query"), (.nulCharacter, 400, "bad-query"),
            (.invalid(message: "no such column: x", offset: 7, suggestion: "y"), 400, "bad-query"),
            (.badParameters(reason: "none"), 400, "bad-query"), (.notReading(what: "DELETE"), 400, "query-not-allowed"),
            (.foreignTable(name: "documents", views: ["a", "b"]), 400, "query-not-allowed"),
            (.foreignFunction(name: "readfile"), 400, "query-not-allowed"),
            (.tooLong(bytes: 2, limit: 1), 413, "query-too-long"),
            (.tooManyParameterBytes(bytes: 2, limit: 1), 413, "query-too-long"),
            (.timeLimit(.seconds(2)), 422, "query-limit"), (.memoryLimit(bytes: 1 << 20), 422, "query-limit"),
            (.valueTooBig(limit: 1), 422, "query-limit"), (.failed(message: "malformed JSON"), 422, "query-failed"),
            (.crashed(signal: 11), 422, "query-failed"), (.busy, 503, "queries-busy"), (.stopping, 503, "unavailable"),
            (.cancelled, 503, "unavailable"), (.unavailable(reason: "no process"), 503, "unavailable"),
        ]
        try await APIFixture.with { fixture in
            for (index, (refusal, status, type)) in refusals.enumerated() {
                fixture.queries.refuse("q\(index)", refusal)
                let answer = try await ask(fixture, #"{"sql":"q\#(index)"}"#, ["Accept": "text/csv"])
                #expect((answer.status, answer.problem) == (status, type), "\(refusal)")
                #expect(answer.fields["content-type"] == "application/problem+json")
                #expect(answer.json["detail"]?.string == "\(refusal)")
                #expect((answer.fields["retry-after"] == "1") == (status == 503))
                if case .invalid = refusal { #expect(answer.json["offset"]?.int == 7) }
                if case .foreignTable = refusal { #expect(answer.json["views"] == ["a", "b"]) }
            }
        }
    }
}
