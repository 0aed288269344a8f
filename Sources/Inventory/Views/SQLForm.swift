/// Expressions that the views have in common.
enum SQLForm {
    /// An instant as text; NULL of NULL.
    static func instant(_ milliseconds: String) -> String {
        "strftime('%Y-%m-%dT%H:%M:%fZ', (\(milliseconds)) / 1000.0, 'unixepoch')"
    }

    /// A member of a document, in `body`: a text, a number, or JSON.
    static func member(_ name: String, of body: String) -> String { "json_extract(\(body), '$.\(name)')" }

    /// A member that is a text, and `''` where it is none.
    static func text(_ name: String, of body: String) -> String {
        "CASE json_type(\(body), '$.\(name)') WHEN 'text' THEN \(member(name, of: body)) ELSE '' END"
    }

    /// A member that is an array, as JSON; an empty one where it is none.
    static func array(_ name: String, of body: String) -> String {
        "CASE json_type(\(body), '$.\(name)') WHEN 'array' THEN \(member(name, of: body)) ELSE '[]' END"
    }

    /// `documents.health` in words.
    static func health(_ stored: String) -> String {
        "CASE \(stored) WHEN 0 THEN 'ok' WHEN 1 THEN 'degraded' WHEN 2 THEN 'error' ELSE 'unknown' END"
    }

    /// A text as a literal.
    static func literal(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

    /// A column of the last run of polls of a cluster that meets a condition.
    static func lastRun(_ column: String, of cluster: String, where condition: String = "TRUE") -> String {
        """
        (SELECT \(column) FROM main.poll_runs AS run WHERE run.cluster_key = \(cluster) AND \(condition)
            ORDER BY run.first_at DESC LIMIT 1)
        """
    }

    /// How many polls of a cluster have succeeded ever.
    static func successes(of cluster: String) -> String {
        "ifnull(\(lastRun("run.successes_before + iif(run.failure IS NULL, run.count, 0)", of: cluster)), 0)"
    }

    static func lastSuccess(of cluster: String) -> String {
        lastRun("run.last_at", of: cluster, where: "run.failure IS NULL")
    }
}
