import ClusterLinks
import HTTPServing
import Inventory
import Locking

/// The changes of the fleet as they happen, for any number of listeners.
///
/// `run()` alone reads what is new from the database and writes each change once, into a log of the last ones; while nobody
/// listens it does nothing. A listener pulls: it reads the log from its own position when the bell rings, and the database
/// where it is further behind. So nothing is kept for a slow one, and nobody waits for it.
final class ChangeFeed: Sendable {
    private struct State {
        var log: FeedLog
        var listeners = 0
        var listenersEver = 0
        /// What was told last of the present; nil while nobody listens.
        var situation: FleetSituation?
        /// Counts the times that somebody came where nobody listened, since which transitions are told anew.
        var era = 0
        /// Why the database could not be read the last time.
        var failure: (any Error)?
        var ticks = 0
        var nextTick: Instant?
        var isClosed = false
    }

    /// How many changes before the present are read when somebody comes, so that most of those who come back after a while,
    /// or after a restart of the service, find what they missed in the log.
    private static let headStart: Int64 = 1000
    private static let pageSize = 256
    /// How often listeners whose filter admits nothing are told how far they are.
    private static let tick = Duration.seconds(15)
    private static let retry = Duration.seconds(1)

    let fleet: Fleet
    let time: any TimeSource
    /// Rings whenever the log has more, or there is something else to look at.
    let news = Bell()
    private let history: History
    private let work = Bell()
    /// Those who are behind take half of the database's readers, and leave the others to whoever asks for something else.
    private let turnstile = Turnstile(width: 2)
    private let state: Locked<State>

    init(fleet: Fleet, history: History, time: any TimeSource, log: FeedLog = FeedLog()) {
        self.fleet = fleet
        self.history = history
        self.time = time
        state = Locked(State(log: log))
        fleet.announceNews(with: work)
    }

    /// Begins to listen; ends when what is returned is released.
    func listen() -> FeedListener {
        let (number, ordinal, isFirst) = state.withLock { state in
            if state.listeners == 0 {
                state.situation = FleetSituation(fleet, at: time.now())
                state.era += 1
                state.failure = nil
            }
            state.listeners += 1
            state.listenersEver += 1
            return (state.listenersEver, state.log.nextOrdinal, state.listeners == 1)
        }
        if isFirst { work.ring() }
        return FeedListener(self, number: number, ordinal: ordinal)
    }

    func leave() {
        state.withLock { state in
            state.listeners -= 1
            if state.listeners == 0 { state.situation = nil }
        }
    }

    /// How many listen now.
    var listeners: Int { state.withLock(\.listeners) }

    /// What the log has for a position, and how many ticks there were; nil once the feed has ended.
    /// - Throws: why the database could not be read the last time.
    func read(from position: FeedPosition) throws -> (reading: FeedReading, ticks: Int)? {
        try state.withLock { state in
            if state.isClosed { return nil }
            if let failure = state.failure { throw failure }
            return (state.log.read(from: position), state.ticks)
        }
    }

    /// Whether the changes after one are in the log.
    func covers(_ sequence: Int64) -> Bool { state.withLock { $0.log.covers(sequence) } }

    /// Whether the changes after one are in the log up to the present: it rests while nobody listens.
    func coversPresent(after sequence: Int64) -> Bool {
        let present = fleet.current(at: time.now()).sequence
        return state.withLock { !$0.isClosed && $0.failure == nil && $0.log.covers(sequence) && $0.log.last >= present }
    }

    /// A page of changes from the database.
    func page(after sequence: Int64, limit: Int, filter: ChangeFilter) async throws -> ChangePage {
        try await turnstile.pass { [history] in
            try await history.changes(after: sequence, limit: limit, filter: filter)
        }
    }
}

extension ChangeFeed {
    /// Feeds the listeners until its task is cancelled; then the feed ends for all of them, those to come included.
    func run(on clock: some Clock<Duration>) async {
        while !Task.isCancelled {
            let heard = work.rings
            let pause = listeners == 0 ? nil : await tellNews()
            // Waiting ends early only with the feed itself.
            if let pause {
                _ = try? await work.wait(after: heard, until: clock.now.advanced(by: pause), on: clock)
            } else {
                try? await work.wait(after: heard)
            }
        }
        state.withLock { $0.isClosed = true }
        news.ring()
    }

    /// Tells everything new; returns how long there will be nothing but what the fleet announces.
    private func tellNews() async -> Duration {
        do {
            let hasChanges = try await loadChanges()
            let hasTransitions = try tellTransitions()
            // Once for both: waking thousands costs more than telling them something.
            if hasChanges || hasTransitions { news.ring() }
        } catch {
            guard !Task.isCancelled else { return Self.retry }
            state.withLock { $0.failure = error }
            news.ring()
            return Self.retry
        }
        let now = time.now()
        let (hasTicked, nextTick) = state.withLock { state in
            state.failure = nil
            let due = state.nextTick ?? now.advanced(by: Self.tick)
            state.nextTick = now < due ? due : now.advanced(by: Self.tick)
            if now >= due { state.ticks += 1 }
            return (now >= due, state.nextTick ?? due)
        }
        if hasTicked { news.ring() }
        let due = min(nextTick, fleet.nextCheck ?? nextTick)
        return max(.milliseconds(1), due - now)
    }

    /// Reads what follows the log from the database; tells whether there was something that has not rung yet.
    private func loadChanges() async throws -> Bool {
        let present = fleet.current(at: time.now()).sequence
        var hasRead = false
        while true {
            let next = state.withLock { state -> Int64? in
                if state.log.base != nil, state.log.last >= present { return nil }
                if state.log.base == nil || present - state.log.last > Self.headStart {
                    state.log.begin(after: max(0, present - Self.headStart))
                }
                return state.log.last
            }
            guard let next, next < present else { return hasRead }
            if hasRead { news.ring() }
            let page = try await history.changes(after: next, limit: Self.pageSize)
            // What the database does not have will not come by asking again.
            guard !page.rows.isEmpty else { return false }
            let entries = try page.rows.map { try FeedEntry($0) }
            state.withLock { state in for entry in entries { state.log.append(entry) } }
            hasRead = true
        }
    }

    /// Adds what passed into something else since the last time, after the changes that made it so; tells whether anything did.
    private func tellTransitions() throws -> Bool {
        let now = time.now()
        let found = state.withLock { state -> (FleetSituation, FleetSituation, era: Int, after: Int64)? in
            let situation = FleetSituation(fleet, at: now)
            guard let earlier = state.situation, situation.view.sequence <= state.log.last else { return nil }
            return (situation, earlier, state.era, state.log.last)
        }
        // What was published in the meantime rings, and is told then.
        guard let (situation, earlier, era, sequence) = found else { return false }
        let entries = try situation.transitions(since: earlier).map { try FeedEntry($0, after: sequence) }
        return state.withLock { state in
            guard state.era == era else { return false }
            state.situation = situation
            for entry in entries { state.log.append(entry) }
            return !entries.isEmpty
        }
    }
}
