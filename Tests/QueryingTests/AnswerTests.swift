import ExactJSON
import Testing

@testable import Querying

/// How rows are written, and what a statement is told of itself.
@Suite(.timeLimit(.minutes(2)))
struct AnswerTests {
    @Test func `the question of StackQL's users is answered as it is there`() async throws {
        try await QueryFixture.with { fixture in
            let answer = try await fixture.ask(
                """
                SELECT link_name, link_state, link_error, link_error_message FROM cluster_links
                WHERE cluster_id = 'lkc-3w6270' ORDER BY link_name
                """
            )
            #expect(
                String(decoding: answer.body, as: UTF8.self).hasPrefix(
                    #"{"columns":[{"name":"link_name","type":"text"},{"name":"link_state","type":"text"},"#
                        + #"{"name":"link_error","type":"text"},{"name":"link_error_message","type":"text"}],"rows":["#
                        + #"["billing","ACTIVE",null,null],"#
                        + #"["orders","ACTIVE","AUTHENTICATION_ERROR","the key is wrong"],["payé","ACTIVE",null,null]],"#
                        + #""truncated":false,"duration_seconds":0."#
                )
            )
        }
    }

    @Test func `every value of SQLite's has a form in JSON`() async throws {
        try await QueryFixture.with { fixture in
            let answer = try await fixture.ask(
                """
                SELECT NULL AS n, 9223372036854775807 AS i, -9223372036854775807 - 1 AS j, 0.1 AS r, 2.0 AS s, 1e300 AS t,
                    9e999 AS u, -9e999 AS v, x'00ff' AS b, 'a"\\' || char(0, 10, 127, 233, 128512) AS c,
                    CAST(x'ff41' AS TEXT) AS d, '' AS e, 9e999 - 9e999 AS f
                """
            )
            let text = String(decoding: answer.body, as: UTF8.self)
            let rows =
                #"[[null,9223372036854775807,-9223372036854775808,0.1,2.0,1e+300,"Infinity","-Infinity","AP8=","#
                + #""a\"\\\u0000\n"# + "\u{7F}\u{E9}\u{1F600}" + #"","# + "\"\u{FFFD}A\"" + #","",null]]"#
            #expect(text.contains("\"rows\":\(rows)"), "\(text)")
            #expect(
                answer.columns.map(\.type) == [
                    "null", "integer", "integer", "real", "real", "real", "real", "real", "blob", "text", "text",
                    "text",
                    "null",
                ]
            )
            #expect(try JSONValue(parsing: answer.body).object != nil)
        }
    }

    @Test func `CSV quotes what would be read otherwise`() async throws {
        try await QueryFixture.with { fixture in
            let answer = try await fixture.ask(
                #"""
                SELECT NULL AS n, '' AS "an ""e""", 1 AS i, 'a,b' AS c, 'x' || char(34) || 'y' AS q, 'l' || char(13, 10) AS l,
                    ' pad' AS p, 'plain' AS t, x'00' AS b, 0.5 AS r
                UNION ALL SELECT 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
                """#,
                as: .csv
            )
            #expect(
                String(decoding: answer.body, as: UTF8.self)
                    == "n,\"an \"\"e\"\"\",i,c,q,l,p,t,b,r\r\n,\"\",1,\"a,b\",\"x\"\"y\",\"l\r\n\",\" pad\",plain,AA==,0.5\r\n"
                    + "1,2,3,4,5,6,7,8,9,10\r\n"
            )
            #expect(
                answer.columns.map(\.type) == [
                    "integer", "any", "integer", "any", "any", "any", "any", "any", "any", "any",
                ]
            )
        }
    }

    @Test func `values are bound in their order and by their names, whatever they hold`() async throws {
        try await QueryFixture.with { fixture in
            let odd = "'; DROP TABLE links; --\u{0}é"
            let rows = try await fixture.rows(
                "SELECT ?, ?2, typeof(?3), ?4, length(CAST(?1 AS BLOB)), typeof(?5)",
                .positional([.text(odd), .integer(.min), .real(2), .null, .text("")])
            )
            #expect(rows == [[.string(odd), .int(Int64.min), "real", .null, .int(odd.utf8.count), "text"]])
            let named = QueryParameters.named([
                .init(name: "a", value: .integer(1)), .init(name: "@b", value: .text("x")),
                .init(name: "$c", value: .null),
            ])
            #expect(try await fixture.rows("SELECT :a, @b, $c, :a + 1", named) == [[1, "x", .null, 2]])
        }
    }

    @Test func `values that do not fit the parameters are refused`() async throws {
        try await QueryFixture.with { fixture in
            let one = QueryParameters.positional([.integer(1)])
            #expect(
                await fixture.refusal("SELECT ?, ?", one)
                    == .badParameters(reason: "the statement has 2 parameters, and 1 values came with it")
            )
            #expect(
                await fixture.refusal("SELECT 1", one)
                    == .badParameters(reason: "the statement has 0 parameters, and 1 values came with it")
            )
            let named = QueryParameters.named([.init(name: "a", value: .null)])
            #expect(
                await fixture.refusal("SELECT :b", named)
                    == .badParameters(reason: "the statement has no parameter a")
            )
            #expect(
                await fixture.refusal("SELECT :a", .named([.init(name: "a\u{0}b", value: .null)]))
                    == .badParameters(reason: "the statement has no parameter a\u{0}b")
            )
            #expect(
                await fixture.refusal("SELECT :a, :b", named)
                    == .badParameters(reason: "no value came for the parameter :b")
            )
        }
    }

    @Test func `refusals say why and what to do`() async throws {
        try await QueryFixture.with { fixture in
            for text in ["", "  \n", ";", "-- nothing", "/* nothing */ ; ;", "/* open"] {
                #expect(await fixture.refusal(text) == .empty, "\(text)")
            }
            for text in ["SELECT 1; SELECT 2", "SELECT 1; garbage", "SELECT 1;;SELECT 2", "SELECT 1; DROP TABLE links"]
            {
                #expect(await fixture.refusal(text) == .severalStatements, "\(text)")
            }
            #expect(await fixture.refusal("SELECT 1 ; -- done\n /* really */ ;") == nil)
            #expect(await fixture.refusal("SELECT '\u{0}'") == .nulCharacter)
            #expect(
                await fixture.refusal("SELEC 1")
                    == .invalid(message: "near \"SELEC\": syntax error", offset: 0, suggestion: nil)
            )
            let misspelt = try #require(await fixture.refusal("SELECT l.link_nmae FROM cluster_links AS l"))
            #expect("\(misspelt)".hasSuffix("; did you mean link_error?"))
            #expect(
                await fixture.refusal("SELECT * FROM cluster_link")
                    == .invalid(message: "no such table: cluster_link", offset: nil, suggestion: "cluster_links")
            )
            #expect(await fixture.refusal("SELECT json('{')") == .failed(message: "malformed JSON"))
            #expect(
                await fixture.refusal("SELECT abs(-9223372036854775807 - 1)") == .failed(message: "integer overflow")
            )
            let path = await fixture.refusal("SELECT json_extract('{}', '$' || printf('%.*c', 3000000, '['))")
            guard case .failed(let message)? = path else {
                Issue.record("\(path.map { "\($0)" } ?? "answered")")
                return
            }
            #expect(message.hasPrefix("JSON path error near") || message.hasPrefix("bad JSON path"))
            #expect(message.unicodeScalars.count == 501)
            let long = "SELECT 1" + String(repeating: " ", count: 1 << 20)
            #expect(await fixture.refusal(long) == .tooLong(bytes: long.utf8.count, limit: 64 << 10))
            let wide = QueryParameters.positional([.text(String(repeating: "x", count: 300_000))])
            #expect(
                await fixture.refusal("SELECT ?", wide) == .tooManyParameterBytes(bytes: 300_000, limit: 256 << 10)
            )
        }
    }

    @Test(arguments: QueryFormat.allCases)
    func `a row that ends at the last byte is whole, and one that ends behind it is cut`(format: QueryFormat)
        async throws
    {
        var limits = QueryLimits()
        limits.bytes = 1000
        // Behind the text stand two bytes: the end of a line, or a quotation mark and the end of an array.
        let before = format == .json ? 2 : 0
        try await QueryFixture.with(limits: limits) { fixture in
            for bytes in 998...1003 {
                let sql = "SELECT printf('%.*c', \(bytes - before - 2), 'x')"
                let answer = try await fixture.ask(sql, as: format)
                #expect((answer.rowCount, answer.cut) == (bytes <= 1000 ? (1, nil) : (0, .bytes)), "\(bytes)")
            }
        }
    }

    @Test func `names of columns that have more bytes than are told are refused`() async throws {
        try await QueryFixture.with { fixture in
            func refusal(columns: Int) async -> QueryRefusal? {
                let name = String(repeating: "\u{1}", count: 60_000)
                let stars = Array(repeating: "*", count: columns).joined(separator: ", ")
                return await fixture.refusal("WITH t AS (SELECT 1 AS \"\(name)\") SELECT \(stars) FROM t")
            }
            #expect(await refusal(columns: 2) == nil)
            let message = "the names of the columns have 1200000 bytes and may have 131072: shorten them with AS"
            #expect(await refusal(columns: 20) == .invalid(message: message, offset: nil, suggestion: nil))
        }
    }

    @Test func `rows are cut at a number of them and at a number of bytes, and that is told`() async throws {
        var limits = QueryLimits()
        limits.rows = 10
        limits.bytes = 1000
        try await QueryFixture.with(limits: limits) { fixture in
            let numbers = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < "
            let whole = try await fixture.ask(numbers + "10) SELECT i FROM n")
            #expect((whole.rowCount, whole.cut) == (10, nil))
            let cut = try await fixture.ask(numbers + "11) SELECT i FROM n")
            #expect((cut.rowCount, cut.cut) == (10, .rows))
            #expect(String(decoding: cut.body, as: UTF8.self).contains(#""truncated":true,"truncated_by":"rows""#))
            let wide = try await fixture.ask(numbers + "10) SELECT printf('%.*c', 300, 'x') FROM n")
            #expect((wide.rowCount, wide.cut) == (3, .bytes))
            let wider = try await fixture.ask("SELECT printf('%.*c', 3000, 'x')", as: .csv)
            #expect((wider.rowCount, wider.cut) == (0, .bytes))
            #expect(try JSONValue(parsing: wide.body).object?["rows"]?.array?.count == 3)
        }
    }
}
