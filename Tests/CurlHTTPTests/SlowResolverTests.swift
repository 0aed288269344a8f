import CurlHTTP
import Testing

/// The look-ups here hang until each test's end, so whatever has ended before was not held up by them.
@Suite(.timeLimit(.minutes(2)))
struct SlowResolverTests {
    /// Far longer than anything takes on a busy machine, and half of what a look-up takes.
    private let soon = HangingResolver.longestHang / 2

    @Test func aHangingLookUpTimesOutAtItsTimeOut() async throws {
        try await HangingResolver.withHangingName { name, _ in
            try await withClient { client in
                let started = ContinuousClock.now
                let error = await client.failure(of: .make("http://\(name)/", timeout: .milliseconds(300)))
                #expect(error?.reason == "timeout")
                let elapsed = started.duration(to: .now)
                // libcurl counts in whole milliseconds of a clock of its own: a few may be missing by ours.
                #expect(elapsed > .milliseconds(290) && elapsed < soon)
            }
        }
    }

    @Test func othersAreAnsweredBeforeDuringAndAfterTheTimeOut() async throws {
        try await withScriptedServer {
            $0.answerAll()
        } body: { server in
            try await HangingResolver.withHangingName { name, waitUntilAsked in
                try await withClient { client in
                    async let lost = client.failure(of: .make("http://\(name)/", timeout: .milliseconds(500)))
                    await waitUntilAsked()
                    let healthy = CurlRequest.make(server.url(), session: "healthy")
                    let began = ContinuousClock.now
                    var slowest = Duration.zero
                    // On past the time-out, at which a look-up that is waited for would hold up everyone.
                    while began.duration(to: .now) < .milliseconds(800) {
                        let sent = ContinuousClock.now
                        _ = try await client.send(healthy)
                        slowest = max(slowest, sent.duration(to: .now))
                    }
                    #expect(slowest < soon)
                    #expect(await lost?.reason == "timeout")
                    #expect(began.duration(to: .now) < soon)
                }
            }
        }
    }

    @Test func aHangingLookUpIsCancelledAtOnce() async throws {
        try await HangingResolver.withHangingName { name, waitUntilAsked in
            try await withClient { client in
                let task = Task { await client.failure(of: .make("http://\(name)/")) }
                await waitUntilAsked()
                let cancelled = ContinuousClock.now
                task.cancel()
                #expect(await task.value?.reason == "cancelled")
                #expect(cancelled.duration(to: .now) < soon)
            }
        }
    }

    @Test func shuttingDownDoesNotWaitForLookUps() async throws {
        try await HangingResolver.withHangingName { name, waitUntilAsked in
            try await withClient { client in
                async let lost = client.failure(of: .make("http://\(name)/"))
                await waitUntilAsked()
                let began = ContinuousClock.now
                await client.shutdown()
                #expect(await lost?.reason == "cancelled")
                #expect(began.duration(to: .now) < soon)
            }
        }
    }

    @Test func aNameThatDoesNotExistIsAFailureOfDNS() async throws {
        try await HangingResolver.withUnknownName { name in
            try await withClient { client in
                let error = await client.failure(of: .make("http://\(name)/"))
                #expect(error?.reason == "dns")
                #expect(error?.failure.code == 6)
            }
        }
    }
}
