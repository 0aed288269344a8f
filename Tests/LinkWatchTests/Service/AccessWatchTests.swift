import CurlHTTP
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// Tokens in files and refusals in the log, of the program itself.
@Suite(.timeLimit(.minutes(2)))
struct AccessWatchTests {
    private static let (old, new) = ("0123456789abcdef-old", "0123456789abcdef-new")

    /// Lends a running service whose one token, of the role admin, stands in a file.
    private func withServe(
        _ body: (LinkWatchProcess, APIClient, _ token: String, _ configuration: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let (token, configuration) = (folder + "token", folder + "linkwatch.yaml")
            try write(Self.old + "\n", to: token)
            try write(
                """
                listen: 127.0.0.1:0
                database: \(folder)linkwatch.db
                auth: { tokens: [ { name: root, role: admin, token_file: token } ] }

                """,
                to: configuration
            )
            try await withLinkWatch("serve", "--config", configuration) { process in
                let address = try #require(
                    await process.text(after: "msg=listening http.address=", on: .error),
                    "\(process.errors)"
                )
                let curl = CurlClient(userAgent: "linkwatch-tests", maximumConnections: 2)
                try await body(process, APIClient(curl: curl, base: "http://" + address), token, configuration)
                await curl.shutdown()
            }
        }
    }

    private func status(_ api: APIClient, _ token: String) async throws -> Int {
        try await api.send("GET", "/api/v1/clusters", headers: ["Authorization": "Bearer " + token]).status
    }

    @Test func `a file that changes, empties and vanishes is told once each and lets nobody in by mistake`()
        async throws
    {
        try await withServe { process, api, token, _ in
            #expect(try await status(api, Self.old) == 200)
            try write(Self.new + "\r\n", to: token)
            #expect(await process.text(after: "the old one lets nobody in\" auth.token=", on: .error) == "root")
            #expect(try await [status(api, Self.old), status(api, Self.new)] == [401, 200])
            try write("\n", to: token)
            let mark = "msg=\"token lets nobody in until it is mended\" "
            let said = await process.text(after: mark, on: .error)
            #expect(said?.contains("auth.token=root") == true && said?.contains("is empty") == true, "\(said ?? "")")
            #expect(try await [status(api, Self.new), status(api, "")] == [401, 401])
            try FileManager.default.removeItem(atPath: token)
            #expect(await process.text(after: "no such file or directory", on: .error) != nil)
            #expect(try await status(api, Self.new) == 401)
            try write(Self.new, to: token)
            #expect(await process.text(after: "msg=\"token lets in again\" auth.token=", on: .error) == "root")
            #expect(try await status(api, Self.new) == 200)
            process.send(SIGTERM)
            #expect(await process.end() == .exit(0))
            #expect(process.errors.components(separatedBy: mark).count == 3)
            #expect(!process.errors.contains("0123456789abcdef"))
        }
    }

    @Test func `a run of wrong tokens is one line, and a reload by signal is in the audit`() async throws {
        try await withServe { process, api, _, configuration in
            for _ in 0..<8 { #expect(try await status(api, "guess") == 401) }
            let mark = "msg=\"access refused; more of the same are counted, and told when they end\" "
            let said = await process.text(after: mark, on: .error)
            #expect(said?.contains("http.peer=127.0.0.1") == true && said?.contains("wrong_token") == true)
            process.send(SIGHUP)
            #expect(await process.text(after: "audit.actor=SIGHUP", on: .error) != nil)
            let headers = ["Authorization": "Bearer " + Self.old]
            let entry = try await api.send("GET", "/api/v1/audit", headers: headers).json["data"].array?.first
            #expect(entry?["actor"].string == "SIGHUP" && entry?["action"].string == "configuration.reload")
            #expect(entry?["target"].string == configuration)
            process.send(SIGTERM)
            #expect(await process.end() == .exit(0))
            #expect(process.errors.components(separatedBy: mark).count == 2)
            #expect(!process.errors.contains("guess"))
        }
    }
}
