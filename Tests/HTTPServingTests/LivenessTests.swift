import Dispatch
import HTTPServing
import HTTPTypes
import Locking
import Testing

/// Whether somebody from outside can see that the server's queues run.
@Suite(.timeLimit(.minutes(1))) struct LivenessTests {
    @Test func `queues that run have their turn, with connections and without`() async throws {
        try await withServer { server in
            await server.server.takeTurn()
            let client = try await server.connect()
            _ = try await client.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
            await server.server.takeTurn()
        }
    }

    @Test func `a handler that hangs keeps its queue from its turn`() async throws {
        let isHanging = Signal()
        let release = DispatchSemaphore(value: 0)
        let hanging = Route(
            .get,
            "/hanging",
            id: "hanging",
            summary: "",
            handler: .immediate { _ in
                isHanging.raise()
                release.wait()
                return .bytes([], contentType: "text/plain")
            }
        )
        try await withServer([hanging], configuration: HTTPServerConfiguration(eventQueues: 1)) { server in
            let client = try await server.connect()
            _ = try await client.send(Array("GET /hanging HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
            await isHanging.wait()
            let hadTurn = Locked(false)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await server.server.takeTurn()
                    hadTurn.withLock { $0 = true }
                }
                for _ in 0..<100 { await Task.yield() }
                #expect(!hadTurn.withLock { $0 })
                release.signal()
                try await group.waitForAll()
            }
            #expect(hadTurn.withLock { $0 })
        }
    }

    @Test func `a server that was stopped keeps nobody waiting`() async throws {
        try await withServer { server in
            await server.server.stop(deadline: .zero)
            await server.server.takeTurn()
        }
    }
}
