import CurlHTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CancellationTests {
    @Test func aCancelledTaskEndsItsTransferAtOnce() async throws {
        let asked = Events<Void>()
        let ended = Events<Void>()
        try await withScriptedServer { connection in
            _ = connection.readRequest()
            asked.happened(())
            connection.waitForEnd()
            ended.happened(())
        } body: { server in
            try await withClient { client in
                let task = Task { await client.failure(of: .make(server.url("/slow?key=hidden"))) }
                _ = await asked.first(1)
                task.cancel()
                let error = await task.value
                #expect(error?.reason == "cancelled")
                #expect(error?.failure.url == server.url("/slow"))
                // The peer sees it too, while the client lives on.
                _ = await ended.first(1)
            }
        }
    }

    @Test func aTaskCancelledBeforehandConnectsToNobody() async throws {
        try await withScriptedServer {
            $0.answerAll()
        } body: { server in
            try await withClient { client in
                let error = await withTaskGroup(of: CurlHTTPError?.self) { group in
                    group.cancelAll()
                    group.addTask { await client.failure(of: .make(server.url())) }
                    return await group.next() ?? nil
                }
                #expect(error?.reason == "cancelled")
                #expect(server.connectionCount == 0)
            }
        }
    }

    @Test func cancellationAndAnswersMayMeetInAnyOrder() async throws {
        try await withScriptedServer {
            $0.answerAll()
        } body: { server in
            try await withClient { client in
                await withTaskGroup(of: String?.self) { group in
                    for number in 0..<300 {
                        group.addTask {
                            let task = Task { await client.failure(of: .make(server.url())) }
                            for _ in 0..<number % 30 { await Task.yield() }
                            task.cancel()
                            return await task.value?.reason
                        }
                    }
                    for await reason in group { #expect(reason == nil || reason == "cancelled") }
                }
                let response = try await client.send(.make(server.url()))
                #expect(response.status == 200)
            }
        }
    }

    @Test func shuttingDownEndsAllThatIsInFlight() async throws {
        let asked = Events<Void>()
        try await withScriptedServer { connection in
            _ = connection.readRequest()
            asked.happened(())
            connection.waitForEnd()
        } body: { server in
            try await withClient { client in
                await withTaskGroup(of: CurlHTTPError?.self) { group in
                    for _ in 0..<20 { group.addTask { await client.failure(of: .make(server.url())) } }
                    _ = await asked.first(20)
                    await client.shutdown()
                    for await error in group { #expect(error?.reason == "cancelled") }
                }
            }
        }
    }

    @Test func aClientThatIsShutDownRefusesRequests() async throws {
        try await withClient { client in
            await client.shutdown()
            await client.shutdown()
            #expect(await client.failure(of: .make("http://127.0.0.1:1/"))?.reason == "cancelled")
        }
    }

    @Test func aClientThatIsLetGoClosesItsConnections() async throws {
        let ended = Events<Void>()
        try await withScriptedServer { connection in
            connection.answerAll()
            ended.happened(())
        } body: { server in
            var client: CurlClient? = CurlClient(userAgent: "linkwatch/test", maximumConnections: 1)
            _ = try await client?.send(.make(server.url()))
            client = nil
            _ = await ended.first(1)
        }
    }
}
