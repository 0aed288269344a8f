package import ClusterLinks
package import Locking

/// The present of the inventory, readable from anywhere without waiting for the writer.
package final class Fleet: Sendable {
    private struct State {
        var generation: UInt64 = 1
        var sequence: Int64 = 0
        var clusters: [ClusterView] = []
        var view: FleetView?
        var tallies: [ClusterID: PollTally] = [:]
        /// The clusters whose views are stale.
        var stale: Set<ClusterID> = []
        /// No cluster becomes stale before this; later successes only move it on.
        var nextCheck: Instant?
        var durability = Durability()
        var durations = PollDurations()

        mutating func add(_ poll: PollTally.Poll, of cluster: ClusterID) {
            tallies[cluster, default: PollTally()].add(poll)
            durations.add(poll.duration)
        }

        /// Where a cluster stands, or would stand: the clusters are in order of their ids.
        func index(of cluster: ClusterID) -> Int {
            clusters.partitioningIndex { $0.id >= cluster }
        }
    }

    private let state = Locked(State())
    private let bells = Locked<[Bell]>([])

    init() {}

    /// Rings a bell from now on whenever there is news: another view, or polls of a cluster that begin to fail or to succeed
    /// again; always after it can be read.
    ///
    /// That time passes is no news: a cluster that becomes stale is found by asking again at `nextCheck`.
    package func announceNews(with bell: Bell) { bells.withLock { $0.append(bell) } }

    private func announceNews() { for bell in bells.withLock(\.self) { bell.ring() } }

    /// No cluster becomes stale before this; nil while none can.
    ///
    /// Each view that is asked for moves it on where it is past.
    package var nextCheck: Instant? { state.withLock(\.nextCheck) }

    /// The view as of an instant: a cluster whose `stale_after` has passed by then is stale in it.
    package func current(at now: Instant) -> FleetView {
        state.withLock { state in
            Self.refreshStalenessIfDue(&state, at: now)
            if let view = state.view { return view }
            let view = FleetView(generation: state.generation, sequence: state.sequence, clusters: state.clusters)
            state.view = view
            return view
        }
    }

    /// The generation of the view as of an instant.
    package func generation(at now: Instant) -> UInt64 {
        state.withLock { state in
            Self.refreshStalenessIfDue(&state, at: now)
            return state.generation
        }
    }

    package func tally(of cluster: ClusterID) -> PollTally {
        state.withLock { $0.tallies[cluster] ?? PollTally() }
    }

    package var tallies: [ClusterID: PollTally] { state.withLock(\.tallies) }

    /// Whether what is served is also stored.
    package var durability: Durability { state.withLock(\.durability) }

    package var pollDurations: PollDurations { state.withLock(\.durations) }

    /// Takes in news: views replace those of the same clusters, and the polls that brought them count from now on.
    func publish(_ views: [ClusterView], polls: [(ClusterID, PollTally.Poll)], sequence: Int64, at now: Instant) {
        state.withLock { state in
            for view in views {
                let index = state.index(of: view.id)
                if index < state.clusters.endIndex, state.clusters[index].id == view.id {
                    // Whether it is stale is found below: a cluster that stays what it is makes no generation of its own.
                    state.clusters[index] = view.with(isStale: state.clusters[index].isStale)
                } else {
                    state.clusters.insert(view, at: index)
                }
            }
            for (cluster, poll) in polls { state.add(poll, of: cluster) }
            state.sequence = sequence
            state.generation += 1
            state.view = nil
            Self.refreshStaleness(&state, at: now)
        }
        announceNews()
    }

    /// Takes in how a poll without news ended; the view changes only where a stale cluster has been heard of again.
    func record(_ poll: PollTally.Poll, of cluster: ClusterID) {
        let isNews = state.withLock { state in
            let wasFailing = state.tallies[cluster].map { $0.consecutiveFailures > 0 }
            state.add(poll, of: cluster)
            if poll.outcome.isSuccess, state.stale.contains(cluster) {
                Self.refreshStaleness(&state, at: poll.at)
                return true
            }
            return wasFailing == poll.outcome.isSuccess
        }
        if isNews { announceNews() }
    }

    func restore(_ tally: PollTally, of cluster: ClusterID) { state.withLock { $0.tallies[cluster] = tally } }

    func set(_ durability: Durability) { state.withLock { $0.durability = durability } }

    private static func refreshStalenessIfDue(_ state: inout State, at now: Instant) {
        if let check = state.nextCheck, now >= check { refreshStaleness(&state, at: now) }
    }

    /// `unknown` begins exactly `stale_after` past the last success (truth rule 11).
    private static func refreshStaleness(_ state: inout State, at now: Instant) {
        var next: Instant?
        state.stale.removeAll(keepingCapacity: true)
        for (index, view) in state.clusters.enumerated() {
            let deadline = state.tallies[view.id]?.lastSuccessAt?.advanced(by: view.description.staleAfter)
            let isStale = !view.isConfigured || deadline.map { now >= $0 } ?? true
            if isStale {
                state.stale.insert(view.id)
            } else if let deadline {
                next = min(next ?? deadline, deadline)
            }
            if isStale != view.isStale {
                state.clusters[index] = view.with(isStale: isStale)
                state.generation += 1
                state.view = nil
            }
        }
        state.nextCheck = next
    }
}
