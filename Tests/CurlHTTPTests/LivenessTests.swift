import CurlHTTP
import Testing

/// Whether somebody from outside can see that the client's thread runs.
@Suite(.timeLimit(.minutes(1)))
struct LivenessTests {
    @Test func `the thread has its turn while it waits for a peer, and nobody waits for it once it has ended`()
        async throws
    {
        let asked = Events<Void>()
        try await withScriptedServer { connection in
            _ = connection.readRequest()
            asked.happened(())
            connection.waitForEnd()
        } body: { server in
            let client = CurlClient(userAgent: "test", maximumConnections: 1)
            await client.takeTurn()
            let task = Task { await client.failure(of: .make(server.url())) }
            _ = await asked.first(1)
            await client.takeTurn()
            await client.shutdown()
            await client.takeTurn()
            #expect(await task.value?.reason == "cancelled")
        }
    }
}
