import ClusterLinks
import ConfluentSimulator
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// The commands that do something, as processes on a running service.
@Suite(.timeLimit(.minutes(2)))
struct ActingCommandTests {
    @Test func `alerts are acknowledged, some of them, and given back`() async throws {
        try await AskedService.with { asked in
            let ids = try await asked.live.api.get("/api/v1/alerts?state=firing").rows.compactMap(\.["id"].string)
            try #require(ids.count >= 2)
            let first = try await asked.run("ack", ids[0], "nonsense", "--comment", "rotating", "--by", "ada")
            #expect(first.ending == .exit(2))
            #expect(first.output.contains("by ada") && first.errors.hasPrefix("linkwatch: nonsense: there is no alert"))
            #expect(
                try await asked.live.api.get("/api/v1/alerts/\(ids[0])")["acknowledgement"]["comment"] == "rotating"
            )
            // Without a token it is the user of the system.
            let second = try await asked.run("ack", ids[1], "--comment", "c", "--output", "json")
            #expect(second.ending == .exit(0))
            #expect(try JSONValue(parsing: second.output)["acknowledged_by"].string == NSUserName())
            let back = try await asked.run("ack", ids[0], "--withdraw")
            #expect(back.ending == .exit(0) && !back.output.contains("by ada"))
            #expect(try await asked.live.api.get("/api/v1/alerts/\(ids[0])")["acknowledgement"].isNull)
        }
    }

    @Test func `a silence is added, listed and ended`() async throws {
        try await AskedService.with { asked in
            let added = try await asked.run(
                "silence",
                "add",
                "kafka_cluster_name=orders-eu",
                #"link_name=~"a.*|b""#,
                "env!=dev",
                "--for",
                "2h",
                "--comment",
                "moving",
                "--by",
                "ada",
                "--output",
                "json"
            )
            #expect(added.ending == .exit(0), "\(added.errors)")
            let silence = try JSONValue(parsing: added.output)
            let id = try #require(silence["id"].string)
            #expect(
                silence["matchers"][1] == ["name": "link_name", "value": "a.*|b", "isRegex": true, "isEqual": true]
            )
            #expect(silence["matchers"][2]["isEqual"].bool == false)
            let begin = try #require(silence["starts_at"].instant)
            let end = try #require(silence["ends_at"].instant)
            #expect(end - begin > .seconds(7190))
            let list = try await asked.run("silence")
            #expect(
                list.output.contains("kafka_cluster_name=orders-eu link_name=~a.*|b env!=dev")
                    && list.output.contains("ada")
            )
            let past = try await asked.run("silence", "add", "a=b", "--until", "2020-01-01T00:00:00Z", "--comment", "c")
            #expect(past.ending == .exit(1) && past.errors.split(separator: "\n").count == 1)
            let ended = try await asked.run("silence", "expire", id, id)
            #expect(ended.ending == .exit(2) && ended.output.contains("expired"))
            #expect(try await asked.run("silence", "list", "--state", "expired").output.contains(id))
        }
    }

    @Test func `a link is created and deleted, each until the inventory shows it, and no secret is said`() async throws
    {
        let secret = "pa55word-that-nobody-may-see"
        try await AskedService.with(
            tokens: true,
            configure: { configuration in
                configuration.management = true
                configuration.auth.tokens[0].role = .admin
            }
        ) { asked in
            let arguments = { (verb: String) in
                [verb, "orders-eu", "new-link", "--token-file", asked.folder + "token", "--wait"]
            }
            try write(
                "# of the link\nsasl.jaas.config=x password=\"\(secret)\"\n",
                to: asked.folder + "link.properties"
            )
            let create =
                arguments("create-link") + [
                    "--source-cluster", asked.simulator.fleet.clusterIDs[1], "--config", "link.mode=DESTINATION",
                    "--config-file", asked.folder + "link.properties",
                ]
            let validated = try await asked.run(create + ["--validate-only"])
            #expect(
                validated.ending == .exit(0)
                    && validated.output == "new-link on orders-eu: could be created, and was not\n",
                "\(validated.errors)"
            )
            let created = try await asked.run(create)
            #expect(created.ending == .exit(0), "\(created.errors)")
            #expect(created.output.hasPrefix("new-link on orders-eu: created\nthe inventory lists it, after "))
            let again = try await asked.run(create)
            #expect(again.ending == .exit(1) && again.output.isEmpty && again.errors.split(separator: "\n").count == 1)
            let deleted = try await asked.run(arguments("delete-link") + ["--yes", "--force"])
            #expect(deleted.ending == .exit(0), "\(deleted.errors)")
            #expect(
                deleted.output.hasPrefix(
                    "new-link on orders-eu: deleted\nthe inventory does not list it any more, after "
                )
            )
            for said in [validated, created, again, deleted] { #expect(!(said.output + said.errors).contains(secret)) }
        }
    }

    @Test func `what the service may not do says what to turn on`() async throws {
        try await AskedService.with { asked in
            let refused = try await asked.run("delete-link", "orders-eu", "x", "--yes")
            #expect(refused.ending == .exit(1) && refused.output.isEmpty)
            #expect(
                refused.errors.contains("admin") && refused.errors.split(separator: "\n").count == 1,
                "\(refused.errors)"
            )
        }
    }

    @Test(
        arguments: [
            ("a=b\n", [("a", "b")]), ("# c\n! d\n\n  a = b c \n", [("a", "b c ")]), ("a: b", [("a", "b")]),
            ("a=\n", [("a", "")]),
            ("a=b\\\n   c\n", [("a", "bc")]), ("a\\=b=c\\:\\\\\\t\\u00e9\\q", [("a=b", "c:\\\té" + "q")]),
            (
                #"sasl.jaas.config=x required username="u=1" password="p\\\\q";"#,
                [("sasl.jaas.config", #"x required username="u=1" password="p\\q";"#)]
            ),
            ("a=1\r\nb=2\r\n", [("a", "1"), ("b", "2")]), ("a=\\ud83d\\udc4d", [("a", "👍")]),
        ] as [(String, [(String, String)])]
    )
    func `settings are read as Java writes them`(_ text: String, _ expected: [(String, String)]) throws {
        let settings = try PropertiesText.settings(in: text)
        #expect(settings.map(\.name) == expected.map(\.0))
        #expect(settings.map(\.value) == expected.map(\.1))
    }

    @Test(arguments: [("\n=b", 2), ("a=b\nc\n", 2), ("a=\\u12g4", 1), ("a=\\u12", 1), ("x=1\\\n\nsecret", 3)])
    func `what is no setting is told by its line and not by what stands there`(_ text: String, _ line: Int) {
        let fault = #expect(throws: PropertiesText.Fault.self) { try PropertiesText.settings(in: text) }
        #expect(fault?.line == line && fault?.reason.contains("secret") == false)
    }

    @Test func `values of a statement are text unless they cannot be`() {
        for (argument, value) in [
            ("lkc-1", .string("lkc-1")), ("1", 1), ("true", true), ("null", .null), ("\"1\"", "1"),
            ("[1]", .string("[1]")), ("{}", .string("{}")), ("", .string("")), ("01", .string("01")),
        ] as [(String, JSONValue)] {
            #expect(QueryCommand.value(argument) == value, "\(argument)")
        }
    }
}
