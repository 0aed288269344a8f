import ClusterLinks
import ConfluentSimulator
import Console
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// `backtest` as a process, on what a service has recorded.
@Suite(.timeLimit(.minutes(3)))
struct BacktestCommandTests {
    private func yaml(_ ids: [String], _ base: String, _ folder: String, _ alerts: String) -> String {
        """
        listen: 127.0.0.1:0
        database: \(folder)linkwatch.db
        poll: { interval: 500ms, timeout: 500ms, stale_after: 1h, tasks: false }
        clusters:
        \(ids.map { "  - { id: \($0), endpoint: \(base) }" }.joined(separator: "\n"))
        alerts: { \(alerts) }

        """
    }

    /// Lends a folder in which a service has seen a link break and get well again, and told of both.
    private func withTroubledPast(_ body: (String, LinkAddress) async throws -> Void) async throws {
        try await withUpstream(clusters: 1, links: 4) { simulator, base in
            try await withTemporaryFolder { folder in
                try await WebhookReceiver.with { receiver in
                    let hook = "notify: [ { webhook: { url: '\(receiver.url)', name: hook } } ]"
                    let ids = simulator.fleet.clusterIDs
                    try write(yaml(ids, base, folder, hook), to: folder + "linkwatch.yaml")
                    try write(yaml(ids, base, folder, hook + ", for: 1d"), to: folder + "patient.yaml")
                    try write(yaml(["lkc-other"], base, folder, hook), to: folder + "other.yaml")
                    let address = simulator.address(link: 1)
                    for link in simulator.fleet.clusters[0].links {
                        try simulator.apply(
                            .setError(LinkAddress(address.clusterID, link.name), code: nil, message: nil)
                        )
                    }
                    try await withLinkWatch("serve", "--config", folder + "linkwatch.yaml") { service in
                        _ = try #require(await service.text(after: "http.address=", on: .error), "\(service.errors)")
                        try await simulator.waitForRequests(of: address.clusterID, path: "/links", atLeast: 2)
                        for (code, type) in [("TIMEOUT_ERROR", "firing"), (nil, "resolved")] {
                            try simulator.apply(.setError(address, code: code, message: nil))
                            _ = try await receiver.await { delivery in
                                delivery.type == type && tells(of: address, delivery.body)
                            }
                        }
                        let beside = try await runLinkWatch("backtest", "--config", folder + "linkwatch.yaml")
                        #expect(beside.ending == .exit(0), "\(beside.errors)")
                        #expect(beside.errors.isEmpty)
                        service.send(SIGTERM)
                        #expect(await service.end() == .exit(0))
                    }
                    try await body(folder, address)
                }
            }
        }
    }

    private func tells(of address: LinkAddress, _ json: JSONValue) -> Bool {
        json["alerts"].array?.contains { $0["link_name"].string == address.linkName } == true
    }

    @Test func `the past is told as it was, and as another configuration would have told it`() async throws {
        try await withTroubledPast { folder, address in
            let text = try await runLinkWatch("backtest", "--config", folder + "linkwatch.yaml", "--from", "1h")
            #expect(text.ending == .exit(0), "\(text.errors)")
            for words in [
                "TIME  ", "firing  ", "resolved  ", "link_error", address.linkName, "TIMEOUT_ERROR", "PROPOSED", "WAS",
                "to hook", "assumed: ", "note: the first poll was at ",
            ] {
                #expect(text.output.contains(words), "\(words) in \(text.output)")
            }
            let same = try await json(folder + "linkwatch.yaml")
            let told = (same["notifications"].array ?? []).filter { tells(of: address, $0) }
            #expect(told.map { $0["type"].string } == ["firing", "resolved"])
            #expect(told.allSatisfy { $0["receivers"].array?.map(\.string) == ["hook"] })
            #expect(same["proposed"]["firing"].int == same["was"]["firing"].int)
            #expect(same["proposed"]["receivers"].array?.first?["name"].string == "hook")
            let patient = try await json(folder + "patient.yaml")
            #expect(patient["notifications"].array?.isEmpty == true)
            #expect(patient["was"]["firing"].int ?? 0 > 0)
            let other = try await json(folder + "other.yaml")
            #expect(other["unknown_clusters"].array?.map(\.string) == ["lkc-other"])
            #expect(other["left_out_clusters"].array?.map(\.string) == [address.clusterID])
            let backup = try await runLinkWatch(
                "backup",
                "--database",
                folder + "linkwatch.db",
                folder + "copy.db"
            )
            #expect(backup.ending == .exit(0))
            let copy = try await json(folder + "linkwatch.yaml", "--database", folder + "copy.db")
            #expect(copy["proposed"] == same["proposed"])
        }
    }

    private func json(_ configuration: String, _ more: String...) async throws -> JSONValue {
        let process = try LinkWatchProcess(["backtest", "--config", configuration, "--output", "json"] + more)
        #expect(await process.end() == .exit(0), "\(process.errors)")
        return try JSONValue(parsing: process.output)
    }

    @Test func `a wrong configuration, an unreadable database and bad arguments have statuses of their own`()
        async throws
    {
        try await withTemporaryFolder { folder in
            let path = folder + "linkwatch.yaml"
            try write("databse: x\n", to: path)
            let wrong = try await runLinkWatch("backtest", "--config", path)
            #expect(wrong.ending == .exit(78))
            #expect(wrong.errors.contains("did you mean database?"))
            try write("database: \(folder)none.db\n", to: path)
            let missing = try await runLinkWatch("backtest", "--config", path)
            #expect(missing.ending == .exit(1))
            #expect(missing.errors.contains("there is no file \(folder)none.db"))
            #expect(missing.output.isEmpty)
            for arguments in [
                ["--from", "1h", "--to", "2h"], ["--from", "2999-01-01T00:00:00Z"], ["--to", "2999-01-01T00:00:00Z"],
                ["--from", "yesterday"], ["--noise-below", "5"], ["--limit", "-1"], ["--database", ""],
            ] {
                let process = try LinkWatchProcess(["backtest", "--config", path] + arguments)
                #expect(await process.end() == .exit(64), "\(arguments)")
                #expect(process.errors.contains("Usage: linkwatch backtest"), "\(process.errors)")
            }
        }
    }
}

/// How instants and tables are read and written.
struct BacktestArgumentTests {
    private static let now = Instant(milliseconds: 1_800_000_000_000)

    @Test func `an instant is a date, a time ago or now`() {
        let instants = ["now", "0s", "24h", "7d", "1h30m", "2027-01-15T08:00:00Z"].map {
            PastInstant(argument: $0)?.instant(before: Self.now)
        }
        let before = [0, 0, 86_400, 604_800, 5400, 0].map { Self.now.advanced(by: .seconds(-$0)) }
        #expect(instants == before)
        for text in ["", "7", "-7d", "200y", "2027-01-15", "tomorrow"] { #expect(PastInstant(argument: text) == nil) }
    }

    @Test func `a table gives way where it is widest`() {
        let table = TextTable(
            head: ["A", "LINK", "CODE"],
            rows: [["1", "a-link-with-a-long-name", "A_CODE_LONGER_THAN_ALL_OTHERS"], ["2", "b", "-"]]
        )
        #expect(
            table.text(fitting: nil).split(separator: "\n")[1]
                == "1  a-link-with-a-long-name  A_CODE_LONGER_THAN_ALL_OTHERS"
        )
        let lines = table.text(fitting: 40).split(separator: "\n")
        #expect(lines[1] == "1  a-link-with-a-lo…  A_CODE_LONGER_THA…")
        #expect(lines.allSatisfy { $0.count <= 40 })
        #expect(table.text(fitting: 5).split(separator: "\n")[1] == "1  a-link-…  A_CODE_…")
    }
}
