/// Statements that would take a processor, memory or time without end, and how each may end.
struct HostileStatement: Sendable {
    let name: String
    let sql: String

    static let all: [HostileStatement] = [
        .init(
            name: "one instruction of quadratic time",
            sql: "SELECT instr(hex(zeroblob(5000000)), hex(zeroblob(2000000))||'1')"
        ),
        .init(
            name: "the same within the size of a value",
            sql: "SELECT instr(hex(zeroblob(2000000)), hex(zeroblob(700000))||'1')"
        ),
        .init(
            name: "endless recursion",
            sql: "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        ),
        .init(
            name: "recursion that remembers all",
            sql: "WITH RECURSIVE n(i) AS (VALUES (1) UNION SELECT i + 1 FROM n) SELECT max(i) FROM n"
        ),
        .init(
            name: "recursion of growing texts",
            sql: "WITH RECURSIVE n(t) AS (VALUES ('x') UNION ALL SELECT t || t FROM n) SELECT length(t) FROM n"
        ),
        .init(
            name: "a product of twenty views",
            sql: "SELECT count(*) FROM " + (0..<20).map { "link_history AS v\($0)" }.joined(separator: ", ")
        ),
        .init(
            name: "sixty views in a join",
            sql: "SELECT count(*) FROM " + (0..<60).map { "clusters AS v\($0)" }.joined(separator: ", ")
        ),
        .init(
            name: "as many joins as the text holds",
            sql: "SELECT count(*) FROM " + (0..<7000).map { "polls v\($0)" }.joined(separator: ",").prefix(60_000)
                + " x"
        ),
        .init(
            name: "a gigabyte in one text",
            sql: "SELECT replace(hex(zeroblob(4000)), '00', hex(zeroblob(100000)))"
        ),
        .init(
            name: "gigabytes of rows",
            sql: """
                WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n)
                SELECT hex(zeroblob(2000000)), hex(randomblob(2000000)) FROM n
                """
        ),
        .init(
            name: "a row of five hundred long texts",
            sql: "SELECT " + Array(repeating: "hex(zeroblob(2000000))", count: 499).joined(separator: ",")
        ),
        .init(
            name: "texts that grow when they are written",
            sql: "SELECT replace(hex(zeroblob(1900000)), '0', char(1)), replace(hex(zeroblob(1900000)), '0', char(1))"
        ),
        .init(
            name: "sorting without end",
            sql: """
                WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000000)
                SELECT i, randomblob(1000) AS b FROM n ORDER BY b
                """
        ),
        .init(
            name: "group_concat without end",
            sql: """
                WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000000)
                SELECT length(group_concat(hex(randomblob(1000)))) FROM n
                """
        ),
        .init(
            name: "a JSON array without end",
            sql: """
                WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000000)
                SELECT length(json_group_array(hex(randomblob(1000)))) FROM n
                """
        ),
        .init(
            name: "a window over everything",
            sql: """
                WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000000)
                SELECT sum(i) OVER (ORDER BY -i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM n
                """
        ),
        .init(name: "a width of a gigabyte", sql: "SELECT printf('%*d', 1000000000, 1)"),
        .init(name: "a precision of a gigabyte", sql: "SELECT printf('%.1000000000f', 1.5)"),
        .init(name: "a blob of a gigabyte", sql: "SELECT zeroblob(1000000000)"),
        .init(name: "random bytes of a gigabyte", sql: "SELECT length(randomblob(1000000000))"),
        .init(
            name: "a pattern that backtracks",
            sql: "SELECT hex(zeroblob(1000000)) LIKE '" + String(repeating: "%0", count: 200) + "1'"
        ),
        .init(
            name: "a glob that backtracks",
            sql: "SELECT hex(zeroblob(1000000)) GLOB '" + String(repeating: "*0", count: 200) + "1'"
        ),
        .init(
            name: "a pattern of a megabyte",
            sql: "SELECT 'x' LIKE hex(zeroblob(500000))"
        ),
        .init(
            name: "nested parentheses",
            sql: "SELECT " + String(repeating: "(", count: 30_000) + "1" + String(repeating: ")", count: 30_000)
        ),
        .init(
            name: "nested operators",
            sql: "SELECT " + String(repeating: "-", count: 1) + String(repeating: "~", count: 60_000) + "1"
        ),
        .init(
            name: "a sum of twenty thousand",
            sql: "SELECT " + Array(repeating: "1", count: 20_000).joined(separator: "+")
        ),
        .init(
            name: "nested selects",
            sql: String(repeating: "SELECT (", count: 5000) + "SELECT 1" + String(repeating: ")", count: 5000)
        ),
        .init(
            name: "thousands of unions",
            sql: Array(repeating: "SELECT 1", count: 3000).joined(separator: " UNION ALL ")
        ),
        .init(
            name: "common tables that double",
            sql: "WITH t0 AS (SELECT 1 AS a), "
                + (1..<40).map { "t\($0) AS (SELECT x.a FROM t\($0 - 1) AS x, t\($0 - 1) AS y)" }.joined(
                    separator: ", "
                )
                + " SELECT count(*) FROM t39"
        ),
        .init(
            name: "JSON that is nested deeply",
            sql: "SELECT json_extract(replace(hex(zeroblob(500000)), '0', '['), '$[0][0]')"
        ),
        .init(
            name: "JSON that is walked again and again",
            sql: """
                WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                SELECT count(*) FROM (SELECT json_group_array(i) AS j FROM n) AS a, json_tree(a.j), json_tree(a.j) AS b
                """
        ),
        .init(
            name: "a hundred thousand members of JSON",
            sql: "SELECT json_set('{}'" + (0..<45).map { ", '$.k\($0)', hex(zeroblob(1000000))" }.joined() + ")"
        ),
        .init(
            name: "numbers of a list",
            sql: "SELECT 1 IN (" + (0..<9000).map(String.init).joined(separator: ",") + ")"
        ),
        .init(
            name: "thousands of columns",
            sql: "SELECT " + (0..<9000).map(String.init).joined(separator: ",")
        ),
    ]
}
