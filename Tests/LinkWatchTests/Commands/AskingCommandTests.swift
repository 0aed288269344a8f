import ClusterLinks
import ConfluentSimulator
import Console
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// The commands that read, as processes on a running service.
@Suite(.timeLimit(.minutes(3)))
struct AskingCommandTests {
    @Test func `each question is answered for people, as JSON and as CSV`() async throws {
        try await AskedService.with { asked in
            let link = asked.simulator.address(link: 0)
            for (arguments, mention, path) in [
                (["links", "--health", "error"], link.linkName, "/api/v1/links?health=error&limit=1000"),
                (
                    ["history", "orders-eu", link.linkName], "TIMEOUT_ERROR",
                    "/api/v1/clusters/\(link.clusterID)/links/\(link.linkName)/history?limit=200"
                ),
                (["errors", link.clusterID, link.linkName], "no answer", nil),
                (["errors", "--cluster", "orders-eu"], "TIMEOUT_ERROR", nil),
                (["links", "orders-eu"], "TIMEOUT_ERROR", "/api/v1/clusters/\(link.clusterID)/links?limit=1000"),
                (["errors", "orders-eu", "--cluster", "orders-eu"], "TIMEOUT_ERROR", nil),
                (["alerts"], "firing", nil),
                (["incidents"], "it was the first", "/api/v1/incidents?state=open&limit=1000"),
                (["changes"], link.linkName, nil), (["diff", "--from", "1h"], "added", nil), (["status"], "ready", nil),
                (["silence"], "no such silences", "/api/v1/silences?limit=1000"),
            ] as [([String], String, String?)] {
                let table = try await asked.run(arguments)
                #expect(table.ending == .exit(0) && table.errors.isEmpty, "\(arguments): \(table.errors)")
                #expect(table.output.contains(mention), "\(arguments): \(table.output)")
                #expect(
                    table.output.hasSuffix("\n") && !table.output.contains("\u{1B}")
                        && !table.output.contains("\u{202E}")
                )

                let json = try await asked.run(arguments + ["--output", "json"])
                #expect(json.ending == .exit(0) && json.errors.isEmpty)
                let document = try JSONValue(parsing: json.output)
                if let path {
                    // The interface's own words, and nothing else.
                    #expect(
                        json.output == (try await asked.live.api.send("GET", path)).text.trimmingSuffix("\n") + "\n"
                    )
                }

                let csv = try await asked.run(arguments + ["--output", "csv"])
                #expect(csv.ending == .exit(0) && csv.errors.isEmpty)
                if let rows = document["data"].array {
                    #expect(Records(csv.output).rows.count == rows.count + 1, "\(arguments): \(csv.output)")
                }
            }
        }
    }

    @Test func `filters pick what the interface picks, by names too`() async throws {
        try await AskedService.with { asked in
            let (first, second) = (asked.simulator.address(link: 0), asked.simulator.address(link: 1))
            let clusters = asked.simulator.fleet.clusters.map { $0.links.map(\.name) }
            for (arguments, expected) in [
                ([], clusters.flatMap(\.self)), (["--limit", "0"], clusters.flatMap(\.self)),
                (["--cluster", "orders-eu"], clusters[0]), (["--cluster", first.clusterID], clusters[0]),
                (
                    ["--cluster", "orders-eu", "--cluster", asked.simulator.fleet.clusterIDs[1]],
                    clusters.flatMap(\.self)
                ),
                (["--label", "env=prod"], clusters[0]), (["--label", "env=dev"], []),
                (["--link-error", "TIMEOUT_ERROR"], [first.linkName]),
                (
                    ["--link-error", "TIMEOUT_ERROR", "--link-error", "AUTHENTICATION_ERROR"],
                    [first.linkName, second.linkName]
                ),
                (["-q", "second line"], [second.linkName]), (["--deleted", "true"], []), (["--at", "1h"], []),
                (["--health", "error", "--link", second.linkName, "--cluster", "orders-eu"], [second.linkName]),
            ] as [([String], [String])] {
                let result = try await asked.run(["links", "--output", "json"] + arguments)
                #expect(result.ending == .exit(0), "\(arguments): \(result.errors)")
                let names = try JSONValue(parsing: result.output).rows.compactMap(\.["link_name"].string)
                #expect(names.sorted() == expected.sorted(), "\(arguments)")
            }
            let limited = try await asked.run(["links", "--limit", "3"])
            #expect(limited.output.split(separator: "\n").count == 5)
            #expect(limited.output.contains("these are 3, and there are more: --limit 0 shows all"))
        }
    }

    @Test func `what is mistaken is said, with what was meant`() async throws {
        try await AskedService.with { asked in
            let link = asked.simulator.address(link: 0)
            let near = link.linkName + "s"
            for (arguments, status, sentence) in [
                (["history", "orders-eu", near], 1, "no link \(near) on orders-eu; did you mean \(link.linkName)?"),
                (
                    ["errors", link.clusterID, near], 1,
                    "no link \(near) on \(link.clusterID); did you mean \(link.linkName)?"
                ),
                (["links", "--cluster", "orders-ue"], 1, "no cluster orders-ue; did you mean orders-eu?"),
                (
                    ["links", "--cluster", "zzzzzzzzzzzz"], 1,
                    "no cluster zzzzzzzzzzzz: `linkwatch links` tells those that are known"
                ),
                (
                    ["history", "orders-eu", "zzzzzzzzzzzzzzzzzzzzzz"], 1,
                    "`linkwatch links --cluster orders-eu` tells those that are there"
                ),
                (["links", "--sort", "nonsense"], 64, "sort=nonsense is not allowed"),
                (
                    ["errors", "orders-eu", link.linkName, "--health", "ok"], 64,
                    "the query parameter health is not known here"
                ),
                (["ack", "nonsense", "--comment", "c"], 1, "nonsense: there is no alert nonsense"),
                (["links", "--url", "http://127.0.0.1:1"], 1, "no answer from http://127.0.0.1:1: connection failed"),
                (
                    ["links", "--url", "unix:\(asked.folder)nowhere.sock"], 1,
                    "no answer from unix:\(asked.folder)nowhere.sock"
                ),
            ] as [([String], Int32, String)] {
                let result = try await asked.run(arguments)
                #expect(result.ending == .exit(status), "\(arguments): \(result.errors)")
                #expect(result.output.isEmpty)
                #expect(result.errors.contains(sentence), "\(result.errors)")
                #expect(result.errors.split(separator: "\n").count == 1)
            }
        }
    }

    @Test func `a wrong call is a usage error and asks nobody`() async throws {
        for arguments in [
            ["history", "a"], ["links", "--health", "bad"], ["links", "--limit", "-1"],
            ["links", "--watch", "--every", "1ms"],
            ["links", "--database", ""], ["links", "--database", "x", "--watch"],
            ["links", "--database", "x", "--url", "http://a"],
            ["changes", "--follow", "--watch"], ["changes", "--follow", "--database", "x"],
            ["changes", "--follow", "--after", "1", "--limit", "2"],
            ["changes", "--after", "-1"], ["diff"], ["diff", "--from", "yesterday"], ["links", "--output", "xml"],
            ["links", "--color", "red"],
            ["links", "--label", "env"], ["ack", "x"], ["ack", "--comment", "c"], ["ack", "x", "--comment", " "],
            ["ack", "x", "--withdraw", "--comment", "c"], ["silence", "add", "a=1", "--comment", "c"],
            ["silence", "add", "a=1", "--comment", "c", "--for", "1h", "--until", "2030-01-01T00:00:00Z"],
            ["silence", "add", "nonsense", "--comment", "c", "--for", "1h"],
            ["silence", "add", "a=~(", "--comment", "c", "--for", "1h"],
            ["silence", "add", "a=1", "--comment", "c", "--for", "0s"],
            ["silence", "add", "a=1", "--comment", "c", "--for", "200y"],
            ["silence", "add", "a=1", "--comment", " ", "--for", "1h"],
            ["ack", "", "--comment", "c"], ["silence", "expire", ""],
            ["silence", "expire"], ["delete-link", "a", "b"], ["create-link", "a", ""],
            ["create-link", "a", "b", "--config-file", "-", "--config-file", "-"],
            ["create-link", "a", "b", "--config", "x"],
            ["query", "SELECT 1", "--file", "x"], ["links", "--url", "ftp://a"],
        ] {
            let process = try LinkWatchProcess(arguments, environment: ["LINKWATCH_URL": "http://127.0.0.1:1"])
            #expect(await process.end() == .exit(64), "\(arguments): \(process.errors)")
        }
    }

    @Test(
        arguments: [
            (["links", "--url", "example.org"], "needs a scheme"), (["links", "--url", "unix:a"], "an absolute path"),
            (["silence", "add", "a=~(", "--comment", "c", "--for", "1h"], "a group does not end"),
            (["create-link", "a", "b", "--config-file", "/nowhere/x"], "/nowhere/x cannot be read: No such file"),
            (["query", "--file", "/"], "/ cannot be read: Is a directory"),
        ]
    )
    func `what is wrong with an argument is told`(_ arguments: [String], _ reason: String) async throws {
        let process = try LinkWatchProcess(arguments, environment: ["LINKWATCH_URL": "http://127.0.0.1:1"])
        #expect(await process.end() == .exit(64))
        #expect(process.errors.contains(reason), "\(process.errors)")
    }

    @Test func `a terminal sees tables that fit it, colours, and nothing that commands it`() async throws {
        try await AskedService.with { asked in
            for command in ["links", "errors", "alerts", "changes", "status", "incidents"] {
                for columns in [60, 80, 200] {
                    let shown = try await asked.run(columns: columns, command)
                    #expect(shown.contains("\u{1B}["), "\(command): \(shown)")
                    let text = shown.replacing(#/\e\[[0-9]*[mK]/#, with: "").replacing("\r", with: "")
                    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"), "\(command)")
                    let widest = text.split(separator: "\n").map { String($0).displayWidth }.max() ?? 0
                    #expect(widest <= columns && widest > 20, "\(command) at \(columns): \(text)")
                }
            }
            let quiet = try await asked.run(columns: 80, "links --color never")
            #expect(!quiet.contains("\u{1B}[3"))
            let json = try await asked.run(columns: 80, "links --output json")
            #expect(json.contains("\\u001b[31m \\u202etext\\nsecond line"))
            let csv = try await asked.run(columns: 80, "links --output csv")
            #expect(csv.contains("red [31m  text") && !csv.contains("\u{1B}"))
            let piped = try await asked.run("links", "--color", "always")
            #expect(piped.output.contains("\u{1B}[31mTIMEOUT_ERROR"))
        }
    }

    @Test func `an answer is watched until Control-C, and the service may be away`() async throws {
        try await AskedService.with { asked in
            let process = try LinkWatchProcess(
                ["links", "--watch", "--every", "100ms"],
                environment: ["LINKWATCH_URL": asked.live.api.base]
            )
            try await with(process) { process in
                _ = try #require(await process.text(after: "\n\nCLUSTER", on: .output), "\(process.errors)")
                try asked.simulator.apply(
                    .setError(asked.simulator.address(link: 2), code: "BRAND_NEW_ERROR", message: "")
                )
                _ = try await asked.live.service.pollNow(.init(asked.simulator.fleet.clusterIDs[0]))
                _ = try #require(await process.text(after: "BRAND_NEW_ERROR", on: .output))
                process.send(SIGINT)
                #expect(await process.end() == .exit(0))
                #expect(process.errors.isEmpty)
            }
        }
        let away = try LinkWatchProcess(
            ["status", "--watch", "--every", "100ms"],
            environment: ["LINKWATCH_URL": "http://127.0.0.1:1"]
        )
        try await with(away) { process in
            _ = try #require(await process.text(after: "\n\nlinkwatch: no answer from", on: .output))
            process.send(SIGTERM)
            #expect(await process.end() == .exit(0))
        }
    }

    @Test func `a full disk under the answer is told`() async throws {
        try await AskedService.with { asked in
            let process = try LinkWatchProcess(
                ["links"],
                through: ["/bin/sh", "-c", #"exec "$@" > /dev/full"#, "sh"],
                environment: ["LINKWATCH_URL": asked.live.api.base]
            )
            #expect(await process.end() == .exit(1))
            #expect(process.errors == "linkwatch: standard output cannot be written: No space left on device\n")
            let verification = try LinkWatchProcess(
                ["verify"],
                through: ["/bin/sh", "-c", #"exec "$@" > /dev/full"#, "sh"],
                environment: ["LINKWATCH_URL": asked.live.api.base]
            )
            #expect(await verification.end() == .exit(1))
            #expect(verification.errors == process.errors)
        }
    }

    /// The next file or socket would have the number of the closed stream, and be written in its place.
    @Test func `a standard output that is closed is no other file's`() async throws {
        try await AskedService.with { asked in
            let process = try LinkWatchProcess(
                ["links"],
                through: ["/bin/sh", "-c", #"exec "$@" >&-"#, "sh"],
                environment: ["LINKWATCH_URL": asked.live.api.base]
            )
            #expect(await process.end() == .exit(1))
            #expect(process.errors == "linkwatch: standard output cannot be written: Bad file descriptor\n")
        }
    }

    @Test func `a statement that cannot be read is shown with the place`() async throws {
        try await AskedService.with { asked in
            let wrong = try await asked.run("query", "SELECT link_name,\n  nope\nFROM cluster_links")
            #expect(wrong.ending == .exit(1) && wrong.output.isEmpty)
            #expect(wrong.errors.hasPrefix("    nope\n    ^\nlinkwatch: no such column: nope"), "\(wrong.errors)")
            let cut = try await asked.run(
                "query",
                "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c LIMIT 20000",
                "--output",
                "csv"
            )
            #expect(cut.ending == .exit(0) && cut.errors.hasPrefix("linkwatch: these are 10000 rows, "))
        }
    }

    @Test func `a token is read from its file, and what it may not do is said`() async throws {
        try await AskedService.with(tokens: true) { asked in
            let without = try await asked.run("links")
            #expect(without.ending == .exit(1) && without.output.isEmpty)
            #expect(without.errors.contains("role read") && without.errors.contains("LINKWATCH_TOKEN_FILE"))
            for result in [
                try await asked.run("links", environment: ["LINKWATCH_TOKEN_FILE": asked.folder + "token"]),
                try await asked.run(
                    "links",
                    "--token-file",
                    asked.folder + "token",
                    environment: ["LINKWATCH_TOKEN_FILE": "/nowhere"]
                ),
                try await asked.run(
                    "links",
                    "--url",
                    "unix:\(asked.folder)http.sock",
                    "--token-file",
                    asked.folder + "token"
                ),
            ] {
                #expect(result.ending == .exit(0) && result.output.hasPrefix("CLUSTER"), "\(result.errors)")
            }
            let ack = try await asked.run("ack", "x", "--comment", "c", "--token-file", asked.folder + "token")
            #expect(ack.ending == .exit(1) && ack.errors.contains("this takes the role operate"))
            let missing = try await asked.run("links", "--token-file", asked.folder + "nowhere")
            #expect(
                missing.ending == .exit(1)
                    && missing.errors.contains(
                        "the token's file \(asked.folder)nowhere cannot be read (No such file or directory)"
                    )
            )
            try write("", to: asked.folder + "empty")
            let empty = try await asked.run("links", "--token-file", asked.folder + "empty")
            #expect(empty.ending == .exit(1) && empty.errors.contains("is empty"))
            for result in [without, ack, missing] {
                #expect(!(result.output + result.errors).contains(AskedService.token))
            }
        }
    }

    @Test func `backup and verify find the running service's file`() async throws {
        try await AskedService.with { asked in
            let backup = try await asked.run("backup", asked.folder + "backup.db")
            #expect(backup.ending == .exit(0) && backup.output.contains("backup.db: written"), "\(backup.errors)")
            let verification = try await asked.run("verify")
            #expect(
                verification.ending == .exit(0) && verification.output.hasPrefix("\(asked.folder)linkwatch.db: sound"),
                "\(verification.errors)"
            )
            let elsewhere = try await asked.run("verify", "--url", "http://127.0.0.1:1")
            #expect(elsewhere.ending == .exit(1) && elsewhere.errors.contains("no answer from http://127.0.0.1:1"))
        }
    }
}

/// Text of RFC 4180 taken apart again, by rules written anew.
struct Records {
    private(set) var rows: [[String]] = []

    init(_ text: String) {
        var (row, field, isQuoted) = ([String](), "", false)
        var rest = Array(text.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"" where isQuoted && rest.first == "\"":
                field.unicodeScalars.append("\"")
                rest = rest.dropFirst()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted, "\r" where !isQuoted:
                row.append(field)
                field = ""
                if scalar == "\r" {
                    rest = rest.dropFirst()
                    rows.append(row)
                    row = []
                }
            default: field.unicodeScalars.append(scalar)
            }
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
