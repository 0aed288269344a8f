import Foundation
import HTTPServing
import HTTPTypes
import Locking
import Testing

/// Two thousand clients that do anything, by chance but always the same: each gets what the protocol says, one that asks all the
/// while is served, and nothing is left of them.
///
/// In processes of their own, whose descriptors nobody else opens.
@Suite(.timeLimit(.minutes(2))) struct StormTests {
    private static let clients = 2000
    private static let atOnce = 32

    @Test func `a storm of clients leaves nothing behind`() async {
        await #expect(processExitsWith: .success) {
            let turnedAway = try await Self.storm(limits: HTTPLimits(), seed: 1)
            #expect(turnedAway == 0)
        }
    }

    @Test func `a storm of more clients than may come leaves nothing behind`() async {
        await #expect(processExitsWith: .success) {
            let turnedAway = try await Self.storm(limits: HTTPLimits(connections: Self.atOnce / 2), seed: 2)
            #expect(turnedAway > 0)
            #expect(turnedAway < Self.clients)
        }
    }

    /// Returns how many clients were turned away.
    private static func storm(limits: HTTPLimits, seed: UInt64) async throws -> Int {
        // Dispatch opens descriptors of its own when it is first used.
        try await withServer { server in
            let answer = try await server.connect().ask("GET /hello HTTP/1.0\r\n\r\n")
            #expect(answer.status == 200)
        }
        // This one stays.
        _ = StormScript.file
        let before = Descriptors.now
        let turnedAway = Locked(0)
        let configuration = HTTPServerConfiguration(
            limits: limits,
            // Long enough for whoever means to go on, short enough for the few who do not.
            timeouts: HTTPTimeouts(
                head: .seconds(4),
                body: .seconds(10),
                linger: .seconds(10),
                halfClosed: .seconds(10)
            ),
            eventQueues: 3
        )
        try await withServer(StormScript.routes, configuration: configuration) { server in
            let steady = try await server.connect()
            #expect(try await steady.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
            let left = Locked(clients)
            let next = { @Sendable in
                left.withLock { left in
                    left -= 1
                    return left >= 0 ? left : nil
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<atOnce {
                    group.addTask {
                        while let number = next() {
                            var random = SplitMix(state: seed << 32 + UInt64(number))
                            let script = StormScript(using: &random)
                            let client = try await server.connect()
                            let result = try await play(script, client, limits: limits)
                            if result == .turnedAway { turnedAway.withLock { $0 += 1 } }
                            #expect(result != .wrong, "client \(number) of storm \(seed)")
                        }
                    }
                }
                group.addTask {
                    while left.withLock({ $0 }) > 0 {
                        let answer = try await steady.ask("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                        #expect(answer.text == "hello\n")
                    }
                }
                try await group.waitForAll()
            }
            #expect(await comesTrue { server.server.connections == 1 })
        }
        #expect(await comesTrue { Descriptors.now.ofClients == before.ofClients })
        // Not equal: the first server's event queues may let go of theirs only after they were counted.
        #expect(await comesTrue { Descriptors.now.ofQueues <= before.ofQueues })
        return turnedAway.withLock { $0 }
    }

    private enum Result { case right, wrong, turnedAway }

    /// Plays a client's part, and compares what it gets with what it should.
    private static func play(_ script: StormScript, _ client: RawClient, limits: HTTPLimits) async throws -> Result {
        for piece in script.pieces { try await client.send(piece) }
        switch script.ending {
        case .reset:
            client.reset()
            return .right
        case .gone: return .right
        case .halfClosed, .cut: client.finishSending()
        case .stalled: try await client.send("GET /hello HTTP/1.1\r\nHo")
        case .polite: break
        }
        let (steps, perhaps) = script.answered
        var isFirst = true
        for step in steps {
            var answer = try await client.answer(toHead: step.isHead)
            while answer.status == 100 { answer = try await client.answer(toHead: step.isHead) }
            if isFirst, answer.status == 503, limits.connections < atOnce {
                return try await client.receiveToEnd().isEmpty ? .turnedAway : .wrong
            }
            isFirst = false
            guard answer.status == step.status, step.body == nil || answer.body == step.body,
                !step.isLast || answer["connection"] == "close"
            else { return .wrong }
        }
        if script.ending == .stalled {
            let answer = try await client.answer()
            guard answer.status == 408 || (isFirst && answer.status == 503) else { return .wrong }
        }
        if script.ending == .polite, steps.last?.isLast != true {
            guard try await client.isQuiet(for: .zero) else { return .wrong }
            client.finishSending()
        }
        let rest = try await client.receiveToEnd()
        let isRight =
            rest.isEmpty || rest.hasPrefix("HTTP/1.1 \(perhaps?.status ?? 0) ") || rest.hasPrefix("HTTP/1.1 100 ")
            || (isFirst && rest.hasPrefix("HTTP/1.1 503 ") && limits.connections < atOnce)
        return isRight ? .right : .wrong
    }

    /// Whether it is so soon enough: what is closed is noticed a little later.
    private static func comesTrue(_ condition: () -> Bool) async -> Bool {
        let patience = ContinuousClock.now + .seconds(30)
        while !condition() {
            guard ContinuousClock.now < patience else { return false }
            await Task.yield()
        }
        return true
    }
}

/// How many descriptors this process has open.
private struct Descriptors {
    /// Sockets, bodies' files and whatever else a client may leave behind.
    var ofClients = 0
    /// What epoll, event and timer descriptors are called.
    var ofQueues = 0

    static var now: Descriptors {
        var count = Descriptors()
        let folder = "/proc/self/fd"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            // The one that lists the folder is gone again.
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)") else {
                continue
            }
            if target.hasPrefix("anon_inode:") { count.ofQueues += 1 } else { count.ofClients += 1 }
        }
        return count
    }
}
