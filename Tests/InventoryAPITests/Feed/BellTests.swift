import Locking
import Testing

struct BellTests {
    @Test func aRingBetweenLookingAndWaitingIsNotMissed() async throws {
        let bell = Bell()
        let heard = bell.rings
        bell.ring()
        try await bell.wait(after: heard)
        #expect(bell.rings == heard + 1)
    }

    @Test func oneRingLetsEveryoneGoOn() async throws {
        let bell = Bell()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { try await bell.wait(after: 0) } }
            bell.ring()
            try await group.waitForAll()
        }
    }

    @Test func whoIsCancelledWaitsNoLonger() async {
        let bell = Bell()
        for round in 0..<50 {
            let waiter = Task { try await bell.wait(after: 0) }
            if round % 2 == 0 { await Task.yield() }
            waiter.cancel()
            await #expect(throws: CancellationError.self) { try await waiter.value }
        }
    }

    @Test func aWaitEndsWithTheBellOrWithItsTime() async throws {
        let bell = Bell()
        let timer = HandTimer()
        let deadline = timer.now.advanced(by: .seconds(30))
        async let late = bell.wait(after: 0, until: deadline, on: timer)
        try await timer.sleep(after: 0)
        timer.advance(by: .seconds(30))
        #expect(try await late == false)
        bell.ring()
        #expect(try await bell.wait(after: 0, until: timer.now.advanced(by: .seconds(30)), on: timer))
    }

    @Test func aTurnstileLetsOnlySoManyThroughAtATime() async throws {
        let turnstile = Turnstile(width: 2)
        let inside = Locked((now: 0, most: 0, ever: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await turnstile.pass {
                        inside.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1), $0.ever + 1) }
                        await Task.yield()
                        inside.withLock { $0.now -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.withLock { $0 == (0, 2, 50) })
    }

    @Test func whoIsCancelledBeforeATurnstileTakesNoTurn() async throws {
        let turnstile = Turnstile(width: 1)
        let (inside, door) = (Signal(), Signal())
        let first = Task {
            try await turnstile.pass {
                inside.raise()
                await door.wait()
            }
        }
        await inside.wait()
        let second = Task { try await turnstile.pass {} }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        door.raise()
        try await first.value
        try await turnstile.pass {}
    }
}
