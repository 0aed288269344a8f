import ClusterLinks
import NaiveInventory
import Testing

@testable import Inventory

private let day: Int64 = 86_400_000

struct RetentionPolicyTests {
    /// Age in seconds, milliseconds since the tenth or thousandth day, the cutoff likewise.
    @Test(
        arguments: [
            (400 * 86_400, 0, -400 * day), (400 * 86_400, day - 1, -400 * day), (400 * 86_400, day, -399 * day),
            (86_400, 1, -day), (86_400, 3_600_000, 3_600_000 - day), (3600, 0, -3_600_000), (3600, 149_999, -3_600_000),
            (3600, 150_000, -3_450_000), (400 * 86_400, -1, -401 * day),
        ] as [(Int64, Int64, Int64)]
    )
    func theCutoffByAgeMovesInSteps(age: Int64, now: Int64, cutoff: Int64) {
        let policy = RetentionPolicy(age: .seconds(age), size: 1 << 30)
        for start in [10, 1000].map({ $0 * day }) {
            #expect(
                policy.cutoff(at: Instant(milliseconds: start + now)) == Instant(milliseconds: start + cutoff)
            )
        }
    }

    /// Used bytes, whether there is need, the share that goes.
    @Test(
        arguments: [
            (0, false, nil), (950, false, nil), (951, false, 1.0 / 16), (1000, false, 1.0 / 16), (1001, true, 1.0 / 16),
            (1900, true, 0.5), (9500, true, 0.9),
        ] as [(Int64, Bool, Double?)]
    )
    func whatIsTooMuchGoesInNoSmallShares(used: Int64, needsRoom: Bool, share: Double?) {
        let policy = RetentionPolicy(age: .seconds(3600), size: 1000)
        #expect(policy.needsRoom(used: used) == needsRoom)
        #expect(policy.excess(ofUsed: used) == share)
    }

    /// In minutes: the beginning, the change, now, the cutoff.
    @Test(
        arguments: [
            // The change where it comes first, else a share of the time.
            (0, 10, 1660, 10), (0, nil, 1660, 200), (0, 900, 1660, 200),
            // A change before the beginning is no progress.
            (100, 50, 1260, 237), (100, 100, 1260, 237),
            // Never within the last hour, and at its end there is no more.
            (0, nil, 61, 1), (0, 1, 60, nil), (1600, nil, 1660, nil), (1599, nil, 1660, 1600), (2000, nil, 1660, nil),
        ] as [(Int, Int?, Int, Int?)]
    )
    func theCutoffForWantOfRoomAdvancesByAShare(beginning: Int, change: Int?, now: Int, cutoff: Int?) {
        let policy = RetentionPolicy(age: .seconds(3600), size: 1000)
        let minutes = { (count: Int) in Instant(milliseconds: Int64(count) * 60_000) }
        let next = policy.cutoff(
            share: 0.1,
            beginning: minutes(beginning),
            change: change.map(minutes),
            at: minutes(now)
        )
        #expect(next.map { Int($0.milliseconds / 60_000) } == cutoff)
    }

    @Test func wantOfRoomComesToAnEndHoweverMuchIsUsed() {
        let policy = RetentionPolicy(age: .seconds(3600), size: 1000)
        let now = Instant(milliseconds: 400 * day)
        var beginning = Instant(milliseconds: 0)
        var steps = 0
        while let next = policy.cutoff(share: RetentionPolicy.leastShare, beginning: beginning, change: nil, at: now) {
            #expect(next > beginning)
            beginning = next
            steps += 1
        }
        #expect(beginning == now.advanced(by: .seconds(-3600)))
        #expect(steps < 130)
    }
}

struct PieceSizeTests {
    /// Rows done, milliseconds, the next size after 64.
    @Test(arguments: [
        (64, 10, 64), (64, 1, 128), (64, 20, 32), (64, 1000, 16), (32, 10, 32), (10, 10, 16), (0, 10, 64), (64, 5, 128),
    ])
    func aPieceFollowsTheOneBefore(done: Int, milliseconds: Int, next: Int) {
        var size = PieceSize()
        size.learn(done, held: .milliseconds(milliseconds))
        #expect(size.count == next)
    }

    @Test func aPieceHasBounds() {
        var size = PieceSize()
        for _ in 0..<20 { size.learn(size.count, held: .nanoseconds(1)) }
        #expect(size.count == PieceSize.bounds.upperBound)
        for _ in 0..<20 { size.learn(size.count, held: .seconds(1)) }
        #expect(size.count == PieceSize.bounds.lowerBound)
    }
}

struct KeySetTests {
    @Test func whatIsInsertedAndNotRemovedIsListedInOrder() {
        var random = SeededGenerator(seed: 1)
        for first in [1, 63, 1000] as [Int64] {
            var set = KeySet(over: first...first + 300)
            var expected: Set<Int64> = []
            for _ in 0..<400 {
                let key = Int64.random(in: first...first + 300, using: &random)
                if random.once(in: 3) {
                    set.remove(key)
                    expected.remove(key)
                } else {
                    set.insert(key)
                    expected.insert(key)
                }
            }
            set.insert(first - 1)
            set.insert(first + 10_000)
            set.remove(first - 1)
            var listed: [Int64] = []
            while true {
                let keys = set.keys(from: listed.last.map { $0 + 1 } ?? .min, limit: 7)
                listed += keys
                if keys.isEmpty { break }
            }
            #expect(listed == expected.sorted())
        }
    }
}
