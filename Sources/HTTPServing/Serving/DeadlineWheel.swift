/// Tells which connections' deadlines may have come: a ring of slots, one a tick, in which putting in costs the same for one
/// connection as for ten thousand.
///
/// It is a reminder, not the truth: a deadline that moved later is found when its old slot comes, and put in again. So moving
/// a deadline later, which every request does, costs nothing. Times are nanoseconds of any steady clock.
struct DeadlineWheel: Sendable {
    /// The time between two ticks.
    let tick: Int64
    private var slots: [[UInt64]]
    private var position: Int64
    /// No token is told before this tick.
    private var earliest = Int64.max

    init(tick: Int64, slotCount: Int = 512, now: Int64) {
        self.tick = max(1, tick)
        slots = Array(repeating: [], count: max(2, slotCount))
        position = now / self.tick
    }

    /// When `advance` has something to do next; `Int64.max` while nothing is put in.
    var nextTelling: Int64 { earliest == .max ? .max : earliest * tick }

    /// When a token put in for a deadline is told, which is never before the deadline unless that lies beyond the ring.
    func telling(of deadline: Int64) -> Int64 { turn(of: deadline) * tick }

    private func turn(of deadline: Int64) -> Int64 {
        min(max(deadline / tick + 1, position + 1), position + Int64(slots.count) - 1)
    }

    /// Puts a token in for a deadline; returns when it will be told.
    mutating func insert(_ token: UInt64, at deadline: Int64) -> Int64 {
        let turn = turn(of: deadline)
        earliest = min(earliest, turn)
        slots[Int(turn % Int64(slots.count))].append(token)
        return turn * tick
    }

    /// Takes out every token whose turn has come.
    mutating func advance(to now: Int64) -> [UInt64] {
        let current = now / tick
        guard current > position else { return [] }
        var due: [UInt64] = []
        // After a long pause each slot is visited once, not once for every round missed.
        let first = max(position + 1, current - Int64(slots.count) + 1)
        for turn in first...current {
            let slot = Int(turn % Int64(slots.count))
            guard !slots[slot].isEmpty else { continue }
            due.append(contentsOf: slots[slot])
            slots[slot].removeAll()
        }
        position = current
        let rest = current + 1..<current + Int64(slots.count)
        earliest = rest.first { !slots[Int($0 % Int64(slots.count))].isEmpty } ?? .max
        return due
    }
}
