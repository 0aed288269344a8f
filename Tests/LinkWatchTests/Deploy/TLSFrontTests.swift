import ClusterLinks
import ConfluentSimulator
import ExactJSON
import Foundation
import HTTPServing
import Testing

@testable import LinkWatch

/// The shipped examples of Caddy and nginx before the service, with the programs that Debian has.
@Suite(.timeLimit(.minutes(2)))
struct TLSFrontTests {
    private static let token = "0123456789abcdef-operate"

    /// Lends a service with one token, or with none, on a port and on a unix socket.
    private func withFleet(
        hasToken: Bool,
        _ body: (SimulatorControl, LiveService, _ folder: String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            try await withFleetAndService(links: 40) { configuration in
                // A reading of the tasks would be another version of the list between two questions.
                configuration.pollEach { $0.tasks = false }
                configuration.listen.append(.unix(path: folder + "http.sock"))
                guard hasToken else { return }
                let token = Secret(Self.token)
                configuration.auth.tokens = [Configuration.Auth.Token(name: "on-call", role: .operate, token: token)]
            } _: { simulator, live in
                try await body(simulator, live, folder)
            }
        }
    }

    @Test(arguments: TLSFront.Program.allCases)
    func `tokens, tags, gzip and events pass through the front`(program: TLSFront.Program) async throws {
        try await withFleet(hasToken: true) { simulator, live, folder in
            let cluster = simulator.fleet.clusterIDs[0]
            _ = try await live.service.pollNow(ClusterID(cluster))
            try await TLSFront.with(program, upstream: "unix:\(folder)http.sock", folder: folder) { front in
                let refused = try await front.ask("/api/v1/links")
                #expect(refused.status == 401 && refused.version == "HTTP/2")
                #expect(refused.field("WWW-Authenticate") != nil)
                #expect(refused.field("Strict-Transport-Security") == "max-age=31536000")
                #expect(try await front.ask("/livez").status == 200)
                let page = try await front.ask("/")
                #expect(
                    page.status == 200 && page.field("Content-Security-Policy")?.contains("default-src 'none'") == true
                )

                let links = try await front.ask("/api/v1/links", token: Self.token)
                #expect(links.status == 200 && links.field("X-Content-Type-Options") == "nosniff")
                #expect(try JSONValue(parsing: links.body)["data"].array?.count == 40)
                let tag = try #require(links.field("ETag"))
                let same = try await front.ask("/api/v1/links", "-H", "If-None-Match: \(tag)", token: Self.token)
                #expect(same.status == 304 && same.field("ETag") == tag)
                let packed = try await front.ask("/api/v1/links", "--compressed", token: Self.token)
                #expect(packed.field("Content-Encoding") == "gzip" && packed.field("ETag") != tag)
                #expect(packed.body == links.body)

                let address = "/kafka/v3/clusters/\(cluster)/links"
                let list = try await front.ask(address, token: Self.token)
                #expect(list.body.contains("\"https://localhost:"), "the scheme and host that were asked for")

                let stream = try front.curl(
                    "/api/v1/changes/stream?after=0",
                    ["-H", "Authorization: Bearer \(Self.token)"]
                )
                try await LinkWatchTests.with(stream) { stream in
                    #expect(await stream.text(after: "HTTP/2 ", on: .output)?.hasPrefix("200") == true)
                    let before = stream.output.count
                    try simulator.apply(.delete(simulator.address()))
                    let began = ContinuousClock.now
                    _ = try await live.service.pollNow(ClusterID(cluster))
                    let deleted = await stream.text(after: "\"kind\":\"deleted\"", on: .output)
                    #expect(deleted != nil && stream.output.count > before)
                    // A comment comes after 15 s; what is buffered would come with it or later.
                    #expect(ContinuousClock.now - began < .seconds(10))
                }
                let written = try await front.ask(
                    "/api/v1/clusters/\(cluster)/poll",
                    "--request",
                    "POST",
                    "--json",
                    "{}",
                    token: Self.token
                )
                #expect(written.status == 200)
            }
        }
    }

    /// A proxy of this machine speaks for whoever is behind it, whatever that one claims.
    @Test(arguments: TLSFront.Program.allCases, ["unix", "port"])
    func `what is forwarded has not the rights of this machine`(program: TLSFront.Program, way: String) async throws {
        try await withFleet(hasToken: false) { simulator, live, folder in
            let port = live.api.base.replacing("http://", with: "")
            let poll = "/api/v1/clusters/\(simulator.fleet.clusterIDs[0])/poll"
            #expect(try await live.api.post(poll).status == 200)
            try await TLSFront.with(program, upstream: way == "unix" ? "unix:\(folder)http.sock" : port, folder: folder)
            {
                #expect(try await $0.ask("/api/v1/links").status == 200)
                let claims = [
                    "X-Forwarded-For: 127.0.0.1", "X-Forwarded-For;", "Forwarded;", "Connection: X-Forwarded-For",
                ]
                for claim in claims {
                    let answer = try await $0.ask(poll, "--request", "POST", "--json", "{}", "-H", claim)
                    #expect(answer.status == 403, "\(claim): \(answer.body)")
                }
            }
        }
    }
}
