import CurlHTTP
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
    @Test func aConnectionIsKeptBetweenRequestsAndSessions() async throws {
        try await withScriptedServer {
            $0.answerAll()
        } body: { server in
            try await withClient { client in
                var reused: [Bool] = []
                for session in ["a", "a", "b", "a"] as [CurlSessionID] {
                    reused.append(try await client.send(.make(server.url(), session: session)).connectionReused)
                }
                #expect(reused == [false, true, true, true])
                #expect(server.connectionCount == 1)
            }
        }
    }

    @Test func asManyConnectionsAreKeptAsWereAskedFor() async throws {
        try await withScriptedServer {
            $0.answerAll()
        } body: { first in
            try await withScriptedServer {
                $0.answerAll()
            } body: { second in
                try await withClient(maximumConnections: 1) { client in
                    func connections(afterRounds rounds: Int) async throws -> Int {
                        for _ in 0..<rounds {
                            for server in [first, second] { _ = try await client.send(.make(server.url())) }
                        }
                        return first.connectionCount + second.connectionCount
                    }
                    // With one place for two servers, one of them always finds its connection closed.
                    #expect(try await connections(afterRounds: 3) > 3)
                    client.keep(connections: 2)
                    let settled = try await connections(afterRounds: 1)
                    #expect(try await connections(afterRounds: 3) == settled)
                }
            }
        }
    }

    @Test func aConnectionThatThePeerClosedInTheMeantimeIsReplaced() async throws {
        try await withScriptedServer { connection in
            _ = connection.readRequest()
            connection.answer(body: "\(connection.number)")
        } body: { server in
            try await withClient { client in
                for number in 1...3 {
                    let response = try await client.send(.make(server.url()))
                    #expect(response.body == Array("\(number)".utf8))
                }
            }
        }
    }

    @Test(arguments: ["POST", "DELETE", "PUT"]) func aWriteIsNeverSentTwice(method: String) async throws {
        let requests = Events<String>()
        try await withScriptedServer { connection in
            while let request = connection.readRequest() {
                requests.happened(String(request.method))
                // A kept connection dies under the request that comes next on it.
                guard request.method == "GET" else { return }
                connection.answer(body: "ok")
            }
            requests.happened("end")
        } body: { server in
            try await withClient { client in
                _ = try await client.send(.make(server.url()))
                #expect(await client.failure(of: .make(server.url(), method: method))?.reason == "reset")
                await client.shutdown()
            }
        }
        #expect(await requests.first(3) == ["GET", method, "end"])
    }

    @Test func twoHundredRequestsRunAtOnce() async throws {
        let count = 200
        let gate = Gate(opensAfter: count)
        try await withScriptedServer { connection in
            while connection.readRequest() != nil {
                // Nobody is answered before all have asked.
                gate.arriveAndWait()
                connection.answer(body: "ok")
            }
        } body: { server in
            try await withClient { client in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<count {
                        group.addTask {
                            try await client.send(.make(server.url(), session: CurlSessionID("\(number % 50)"))).status
                        }
                    }
                    for try await status in group { #expect(status == 200) }
                }
                #expect(server.connectionCount == count)
            }
        }
    }
}

/// Holds threads up until a number of them has arrived.
// Unchecked: `condition` guards `missing`.
private final class Gate: @unchecked Sendable {
    private let condition = NSCondition()
    private var missing: Int

    init(opensAfter count: Int) {
        missing = count
    }

    func arriveAndWait() {
        condition.withLock {
            missing -= 1
            condition.broadcast()
            while missing > 0 { condition.wait() }
        }
    }
}
