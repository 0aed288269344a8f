import ClusterLinks
import Console
import ExactJSON
import Testing

/// What people and programs see of answers.
struct ListingTests {
    private static let around = Listing.Surroundings(
        now: Instant(milliseconds: 1_795_372_751_042),
        clusterNames: ["lkc-1": "orders-eu", "lkc-dr": "dr"]
    )

    private func table(_ listing: Listing, _ rows: [JSONValue], width: Int? = nil) -> [String] {
        listing.table(rows, Self.around, width: width, paint: Paint(isOn: false)).split(separator: "\n").map(
            String.init
        )
    }

    @Test func `a link is told with its error, and when it changed`() {
        let link: JSONValue = [
            "cluster_id": "lkc-1", "cluster_name": "orders", "link_name": "orders-dr", "health": "error",
            "link_state": "FAILED", "link_error": "TIMEOUT_ERROR", "link_error_message": "no\nanswer",
            "last_changed_at": "2026-11-22T15:30:00.000Z",
        ]
        #expect(
            table(.links, [link])[1]
                == "orders   orders-dr  error   FAILED  TIMEOUT_ERROR  2026-11-22 15:30:00Z  3 h ago  no answer"
        )
        #expect(table(.links, [link], width: 74)[1] == "orders   orders-dr  error   FAILED  TIMEOUT_ERROR  3 h ago")
        #expect(table(.links, []) == ["no such links"])
        #expect(Listing.links.csv([link]).hasPrefix("cluster_id,cluster_name,link_name,"))
        #expect(Listing.links.record(link).hasSuffix("\"no\nanswer\",,,,2026-11-22T15:30:00.000Z,,,\r\n"))
    }

    @Test func `a degraded link names the task`() {
        let link: JSONValue = [
            "cluster_id": "lkc-1", "link_name": "a", "health": "degraded", "link_error": .null,
            "tasks": [["task_name": "AclSync", "errors": [["error_code": "AUTHORIZATION_ERROR"]]]],
        ]
        #expect(table(.links, [link])[1].contains("orders-eu  a     degraded         AUTHORIZATION_ERROR (AclSync)"))
    }

    @Test func `a version tells what became another since the one before`() {
        func version(_ id: String, _ from: String, _ to: JSONValue, _ changed: [JSONValue], _ link: JSONValue)
            -> JSONValue
        {
            [
                "cluster_link_id": .string(id), "valid_from": .string(from), "valid_to": to, "changed": .array(changed),
                "link": link,
            ]
        }
        let rows = [
            version("b", "2026-11-22T18:30:00.000Z", .null, [], ["link_state": "ACTIVE"]),
            version(
                "a",
                "2026-11-22T18:20:00.000Z",
                "2026-11-22T18:25:00.000Z",
                ["link_error", "topic_names", "x"],
                ["link_error": "TIMEOUT_ERROR", "topic_names": ["t2", "t3"], "x": 2]
            ),
            version(
                "a",
                "2026-11-22T18:00:00.000Z",
                "2026-11-22T18:20:00.000Z",
                ["x"],
                ["topic_names": ["t1", "t2"], "x": 1]
            ),
            version("a", "2026-11-22T17:00:00.000Z", "2026-11-22T17:10:00.000Z", [], ["x": 1]),
        ]
        let lines = table(.versions, rows)
        #expect(lines[1].contains("9 min ago") && lines[1].hasSuffix("another link of this name: b"))
        #expect(lines[2].contains("TIMEOUT_ERROR  link_error, topic_names: +t3 -t1, x: 2 (was 1)"))
        #expect(lines[3].hasSuffix("listed again after 50 min"))
        #expect(lines[4].hasSuffix("first seen"))
    }

    @Test func `an episode that goes on says so`() {
        let episode: JSONValue = [
            "cluster_id": "lkc-1", "link_name": "a", "link_error": .null, "link_state": "FAILED", "observations": 3,
            "started_at": "2026-11-22T18:39:01.042Z", "duration_seconds": 10, "ongoing": true,
        ]
        #expect(
            table(.episodes(ofFleet: true), [episode])[1]
                == "2026-11-22 18:39:01Z  10 s ago  ongoing  orders-eu  a     FAILED  3"
        )
        #expect(!table(.episodes(ofFleet: false), [episode])[0].contains("CLUSTER"))
    }

    @Test(
        arguments: [
            (["kind": "created", "baseline": true], "created  orders-eu/a  there when its cluster was first seen"),
            (["kind": "created", "after": ["link_error": "X"]], "created  orders-eu/a  X"),
            (["kind": "deleted", "before": ["link_error": "X"]], "deleted  orders-eu/a  reported X"),
            (
                [
                    "kind": "changed", "changed": ["category_counts", "link_error"], "before": ["link_error": "X"],
                    "after": ["link_error": .null, "category_counts": []],
                ], "changed  orders-eu/a  link_error: none (was X), category_counts"
            ),
            (["kind": "retired", "link_name": .null], "retired  orders-eu  the cluster left the configuration"),
        ] as [(JSONObject, String)]
    )
    func `a change is one line`(_ change: JSONObject, _ told: String) {
        var change = change
        change["sequence"] = 7
        change["at"] = "2026-11-22T18:39:01.042Z"
        change["cluster_id"] = "lkc-1"
        if change["link_name"] == nil { change["link_name"] = "a" }
        let line = { (width: Int?) in
            Listing.line(of: .object(change), Self.around, width: width, paint: Paint(isOn: false))
        }
        #expect(line(nil) == "7  2026-11-22 18:39:01Z  \(told)")
        for width in 40...120 { #expect(line(width).displayWidth <= width) }
    }

    @Test func `a name that commands the terminal stays in its line`() {
        let change: JSONValue = [
            "sequence": 1, "at": "2026-11-22T18:39:01.042Z", "kind": "created", "cluster_id": "lkc-1",
            "link_name": "a\n\u{1B}[2J\u{202E}b",
        ]
        let line = Listing.line(of: change, Self.around, width: 80, paint: Paint(isOn: false))
        #expect(line == "1  2026-11-22 18:39:01Z  created  orders-eu/a  [2J b")
    }

    @Test func `a difference is told as it is, of what came or went only the error`() {
        let rows: [JSONValue] = [
            [
                "kind": "added", "cluster_id": "lkc-1", "link_name": "a",
                "fields": ["link_name": ["from": .null, "to": "a"]],
            ],
            [
                "kind": "removed", "cluster_id": "lkc-1", "link_name": "b",
                "fields": ["link_error": ["from": "X", "to": .null]],
            ],
            [
                "kind": "changed", "cluster_id": "lkc-1", "link_name": "c",
                "fields": [
                    "topic_names": ["added": ["t1", "t2", "t3", "t4"], "removed": []],
                    "link_state": ["from": "A", "to": "B"],
                ],
            ],
        ]
        let lines = table(.differences, rows)
        #expect(lines[1] == "added    orders-eu  a")
        #expect(lines[2] == "removed  orders-eu  b     reported X")
        #expect(lines[3] == "changed  orders-eu  c     link_state: B (was A), topic_names: +t1 +t2 +t3 and 1 more")
    }

    @Test func `an alert says who takes care, and that nobody is told`() {
        let alert: JSONValue = [
            "id": "0123456789abcdef", "severity": "critical", "state": "firing", "cluster_id": "lkc-1",
            "link_name": "a",
            "labels": ["kafka_cluster_name": "orders"], "code": "X", "started_at": "2026-11-22T18:39:01.042Z",
            "acknowledged_by": "ada", "silenced_by": ["s"], "unconfirmed": true,
        ]
        let line = table(.alerts, [alert])[1]
        #expect(line.contains("unsure  orders   a     X") && line.hasSuffix("by ada, silenced"))
        #expect(table(.alerts, [alert], width: 80).allSatisfy { $0.displayWidth <= 80 && $0.count > 20 })
    }

    @Test func `a silence tells its matchers as they are given`() {
        let silence: JSONValue = [
            "id": "s", "state": "active", "ends_at": "2026-11-22T20:39:11.042Z", "created_by": "ada", "comment": "c",
            "matchers": [
                ["name": "a", "value": "1", "isRegex": false, "isEqual": true],
                ["name": "b", "value": "2", "isRegex": true, "isEqual": true],
                ["name": "c", "value": "3", "isRegex": false, "isEqual": false],
                ["name": "d", "value": "4", "isRegex": true, "isEqual": false],
            ],
        ]
        #expect(table(.silences, [silence])[1].contains("in 2 h    a=1 b=~2 c!=3 d!~4"))
    }

    @Test func `an incident tells its reason, its alerts and why they are in it`() {
        func child(_ id: String, _ grounds: JSONValue) -> JSONValue {
            [
                "alert_id": .string(id), "state": "firing", "cluster_id": "lkc-1", "link_name": .string(id),
                "code": "X", "grounds": grounds,
            ]
        }
        let incident: JSONValue = [
            "id": "i", "severity": "critical", "reason": "2 links towards cluster lkc-dr reported X",
            "opened_at": "2026-11-22T18:39:01.042Z", "closed_at": .null, "alerts_firing": 2, "alerts_total": 3,
            "children": [
                child("a", ["shared": "nothing"]),
                child("b", ["shared": "remote_cluster", "remote_cluster_id": "lkc-dr", "code": "X"]),
                child("c", ["shared": "unreachable_cluster"]), child("d", ["shared": "link"]),
            ],
        ]
        #expect(
            IncidentText([incident, incident], Self.around).text(width: nil, paint: Paint(isOn: false)).hasPrefix(
                """
                i  critical  2 of 3 firing  since 2026-11-22 18:39:01Z  10 s ago
                  2 links towards cluster lkc-dr reported X
                    ALERT  STATE   CLUSTER    LINK  CODE  IN IT BECAUSE
                    a      firing  orders-eu  a     X     it was the first
                    b      firing  orders-eu  b     X     same code towards dr
                    c      firing  orders-eu  c     X     its cluster cannot be polled
                    d      firing  orders-eu  d     X     the same link, on this side or the other

                i  critical
                """
            )
        )
        #expect(IncidentText([], Self.around).text(width: 80, paint: Paint(isOn: false)) == "no such incidents")
    }

    @Test func `an answer to SQL has the columns that it says`() throws {
        let answer: JSONValue = [
            "columns": [["name": "link_name", "type": "TEXT"], ["name": "n", "type": "INTEGER"]],
            "rows": [["a,b", 1], [.null, 2]], "truncated": true,
        ]
        let table = try #require(QueryTable(answer))
        #expect(table.isTruncated)
        #expect(table.table(width: nil, paint: Paint(isOn: false)) == "link_name  n\na,b        1\n           2")
        #expect(table.csv == "link_name,n\r\n\"a,b\",1\r\n,2\r\n")
        #expect(table.count == 2)
        #expect(
            try #require(QueryTable(["columns": [["name": "a"]], "rows": []])).table(
                width: nil,
                paint: Paint(isOn: false)
            )
                == "no rows"
        )
        #expect(QueryTable(["columns": [["name": "a"]], "rows": [[1, 2]]]) == nil)
        #expect(QueryTable(["rows": []]) == nil)
    }

    @Test func `an answer to SQL that is too wide for the terminal is told row below row`() throws {
        let names = (1...9).map { "column_\($0)" }
        let long = String(repeating: "x", count: 90)
        let answer: JSONValue = [
            "columns": .array(names.map { ["name": .string($0)] }),
            "rows": [.array(names.map { .string($0 + long) }), .array(names.map { _ in .null })],
        ]
        let table = try #require(QueryTable(answer))
        let lines = table.table(width: 80, paint: Paint(isOn: false)).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        #expect(lines.count == 9 + 1 + 9 && lines[9].isEmpty)
        #expect(lines.allSatisfy { String($0).displayWidth <= 80 })
        #expect(lines[8].hasPrefix("column_9  column_9xxx") && lines[8].hasSuffix("…") && lines[18] == "column_9")
        // Into a pipe it goes as a table.
        #expect(table.table(width: nil, paint: Paint(isOn: false)).split(separator: "\n")[1].count > 890)
    }

    @Test func `a link's name goes whole where leaving out an absolute time makes room`() {
        let link: JSONValue = [
            "cluster_id": "lkc-1", "cluster_name": "accounts", "link_name": "inventory-analytics", "health": "ok",
            "link_state": "ACTIVE",
            "last_changed_at": "2026-11-22T15:30:00.000Z",
        ]
        let lines = table(.links, [link], width: 80)
        #expect(lines[1].contains("  inventory-analytics  ") && lines[1].hasSuffix("3 h ago"), "\(lines)")
    }

    @Test func `the service is told in one look`() {
        let status: JSONValue = [
            "version": "1.2.3", "revision": "0123456789abcdef", "ready": true, "started_at": "2026-11-22T15:30:00.000Z",
            "database": [
                "path": "/l.db", "size_bytes": 4096, "wal_size_bytes": 0, "durable": false, "waiting_writes": 2,
                "lost_changes": 1, "last_error": "full",
            ],
            "clusters": 3, "stale_clusters": 1,
            "links": ["total": 9, "ok": 7, "degraded": 0, "error": 2, "unknown": 0],
            "sequence": 71, "kept_from": .null,
            "configuration": [
                "path": "/l.yaml", "loaded_at": "2026-11-22T18:39:01.042Z", "reload_problems": ["a", "b"],
                "awaiting_restart": ["listen"],
            ],
        ]
        let text = StatusText(status, firing: [["severity": "critical"], ["severity": "info"]], now: Self.around.now)
        #expect(
            text.text(width: nil, paint: Paint(isOn: false)) == """
                service        linkwatch 1.2.3 (0123456789ab), ready
                started        2026-11-22 15:30:00Z  3 h ago
                database       /l.db, 4.0 KiB, log 0 bytes
                durable        no: 2 writes wait, 1 changes lost; full
                clusters       3, 1 not heard of
                links          9: 7 ok, 2 error
                alerts         2 firing: 1 critical, 1 info
                configuration  /l.yaml; await a restart: listen
                last reload    refused, 2 problems: a
                changes        71, kept from the first on
                """
        )
        #expect(text.csv.contains("links.ok,7\r\n") && text.csv.hasPrefix("field,value\r\nversion,1.2.3\r\n"))
    }
}
