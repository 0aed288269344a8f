import Locking
import Polling

/// A source that answers at once, unless told to hold the polls of a cluster until they are released or cancelled.
final class FakeSource: PollSource {
    enum Event: Hashable {
        case began(Int)
        case ended(Int)
        case tasksRead(String, Int)
    }

    private struct State {
        var events: [Event] = []
        var polls: [Int: Int] = [:]
        var held: Set<Int> = []
        var gates: [Int: AsyncStream<Never>.Continuation] = [:]
        var failing: Set<Int> = []
        var links: [Int: [String]] = [:]
        var inFlight = 0
        var mostInFlight = 0
        var overlaps = 0
        var waiters: [(condition: @Sendable ([Event]) -> Bool, resume: AsyncStream<Never>.Continuation)] = []
    }

    private let state = Locked(State())

    var events: [Event] { state.withLock(\.events) }
    var inFlight: Int { state.withLock(\.inFlight) }
    var mostInFlight: Int { state.withLock(\.mostInFlight) }
    /// Polls that are running and wait to be released.
    var heldInFlight: Int { state.withLock(\.gates.count) }
    /// Polls that began while one of the same cluster was running.
    var overlaps: Int { state.withLock(\.overlaps) }

    func hold(_ ids: some Sequence<Int>) { state.withLock { $0.held.formUnion(ids) } }
    func fail(_ ids: some Sequence<Int>) { state.withLock { $0.failing.formUnion(ids) } }
    func heal(_ id: Int) { state.withLock { _ = $0.failing.remove(id) } }
    func setLinks(_ links: [String], of id: Int) { state.withLock { $0.links[id] = links } }

    /// Lets the running poll of a cluster end, and later ones pass.
    func release(_ id: Int) {
        let gate = state.withLock { state in
            state.held.remove(id)
            return state.gates.removeValue(forKey: id)
        }
        gate?.finish()
    }

    func began(_ id: Int) -> Int { events.count { $0 == .began(id) } }

    /// Returns when what has happened fulfils the condition.
    func wait(until condition: @escaping @Sendable ([Event]) -> Bool) async {
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        let isFulfilled = state.withLock { state in
            if condition(state.events) { return true }
            state.waiters.append((condition, continuation))
            return false
        }
        if !isFulfilled { for await _ in stream {} }
    }

    func poll(_ id: Int) async -> (PollVerdict, Int) {
        let (stream, gate) = AsyncStream<Never>.makeStream()
        let (number, isHeld, fails) = state.withLock { state in
            state.polls[id, default: 0] += 1
            if state.events.count(where: { $0 == .began(id) }) > state.events.count(where: { $0 == .ended(id) }) {
                state.overlaps += 1
            }
            if state.held.contains(id) { state.gates[id] = gate }
            return (state.polls[id] ?? 0, state.held.contains(id), state.failing.contains(id))
        }
        enter(.began(id))
        if isHeld { for await _ in stream {} } else { await Task.yield() }
        leave(.ended(id))
        return (fails ? .failure(FailureHint()) : .success, number)
    }

    func linksAwaitingTasks(of id: Int) async -> [String] {
        let read = Set(events)
        return await allLinks(of: id).filter { !read.contains(.tasksRead($0, id)) }
    }

    func allLinks(of id: Int) async -> [String] {
        state.withLock { $0.links[id] ?? [] }
    }

    func readTasks(of subject: String, on id: Int) async -> TaskReadVerdict {
        enter(nil)
        await Task.yield()
        leave(.tasksRead(subject, id))
        return .done
    }

    private func enter(_ event: Event?) {
        state.withLock {
            $0.inFlight += 1
            $0.mostInFlight = max($0.mostInFlight, $0.inFlight)
        }
        if let event { record(event) }
    }

    private func leave(_ event: Event) {
        state.withLock { $0.inFlight -= 1 }
        record(event)
    }

    private func record(_ event: Event) {
        let fulfilled = state.withLock { state in
            state.events.append(event)
            let events = state.events
            let fulfilled = state.waiters.filter { $0.condition(events) }
            state.waiters.removeAll { $0.condition(events) }
            return fulfilled.map(\.resume)
        }
        for waiter in fulfilled { waiter.finish() }
    }
}
