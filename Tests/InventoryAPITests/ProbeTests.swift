import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct ProbeTests {
    @Test func livenessDependsOnNothingAndReadinessOnLoading() async throws {
        try await APIFixture.with { fixture in
            fixture.facts.set(isReady: false)
            for (path, status) in [
                ("/livez", 200), ("/-/healthy", 200), ("/readyz", 503), ("/healthz", 503), ("/-/ready", 503),
                ("/livez?verbose", 200),
            ] {
                let answer = try await fixture.get(path)
                #expect(answer.status == status, "\(path)")
            }
        }
    }

    @Test func degradationShowsInTheBodyOnly() async throws {
        try await APIFixture.with { fixture in
            let silent = try await fixture.get("/readyz")
            #expect(silent.status == 200)
            #expect(silent.text == "degraded\nclusters: 1 of 1 not heard of lately\n")
            try await fixture.list([item("a")])
            for (query, text) in [
                ("", "ok\n"), ("?verbose", "ok\ndatabase: ok\nclusters: ok\n"),
                ("?verbose=true", "ok\ndatabase: ok\nclusters: ok\n"), ("?verbose=false", "ok\n"),
            ] {
                let answer = try await fixture.get("/readyz" + query)
                #expect(answer.text == text)
            }
            let bad = try await fixture.get("/readyz?verbose=loud")
            #expect(bad.status == 400)
        }
    }

    @Test func theStatusTellsOfTheServiceInOneLook() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("a"), item("b", ["link_error": "X"])])
            fixture.clock.advance(by: .milliseconds(90_500))
            let status = try await fixture.get("/api/v1/status").json
            #expect(status["version"] == "1.2.3")
            #expect(status["revision"] == "b8f26b1")
            #expect(status["uptime_seconds"] == .double(90.5))
            #expect(status["configuration"]?.object?["checksum"] == "abc")
            #expect(status["database"]?.object?["synchronous"] == "FULL")
            #expect(status["database"]?.object?["durable"] == true)
            #expect(status["links"] == ["total": 2, "ok": 1, "degraded": 0, "error": 1, "unknown": 0])
            #expect(status["sequence"] == 2)
            #expect(status["polls_in_flight"] == 3)
        }
    }
}
