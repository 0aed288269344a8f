import CurlHTTP
import Testing

/// The look-ups here hang until each test's last line, so whatever is seen before was not held up by them.
@Suite(.timeLimit(.minutes(1)))
struct SlowResolverTests {
    @Test func aHangingLookUpTimesOutWhileItStillHangs() async throws {
        try await HangingResolver.withHangingName { name, _ in
            try await withClient { client in
                let started = ContinuousClock.now
                let error = await client.failure(of: .make("http://\(name)/", timeout: .milliseconds(300)))
                #expect(error?.reason == "timeout")
                #expect(started.duration(to: .now) >= .milliseconds(300))
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
                    let healthy = CurlRequest.make(server.url(), timeout: .seconds(20), session: "healthy")
                    let began = ContinuousClock.now
                    var slowest = Duration.zero
                    // Past the time-out, at which an impatient look-up would hold up everyone.
                    while began.duration(to: .now) < .milliseconds(800) {
                        slowest = max(slowest, try await client.send(healthy).timings.total)
                    }
                    #expect(await lost?.reason == "timeout")
                    #expect(slowest < .milliseconds(400))
                }
            }
        }
    }

    @Test func aHangingLookUpIsCancelledAtOnce() async throws {
        try await HangingResolver.withHangingName { name, waitUntilAsked in
            try await withClient { client in
                let task = Task { await client.failure(of: .make("http://\(name)/")) }
                await waitUntilAsked()
                task.cancel()
                #expect(await task.value?.reason == "cancelled")
            }
        }
    }

    @Test func shuttingDownDoesNotWaitForLookUps() async throws {
        try await HangingResolver.withHangingName { name, waitUntilAsked in
            try await withClient { client in
                async let lost = client.failure(of: .make("http://\(name)/"))
                await waitUntilAsked()
                await client.shutdown()
                #expect(await lost?.reason == "cancelled")
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
