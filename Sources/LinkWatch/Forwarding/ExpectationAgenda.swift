import ClusterLinks

/// When clusters are looked at again until they show what they were asked for: a pure value that takes events and instants.
///
/// A cluster is looked at 0.5 s after it has answered, then after waits of 0.5, 1, 2, 4 and 8 s and from then on of 15 s, for
/// at most five minutes after the answer. One look serves all that is expected of a cluster; something new begins the waits
/// anew. What a look does is not told here: a cluster that fails is asked nothing by it. Instants are monotonic durations
/// since an origin that the owner chose.
struct ExpectationAgenda: Sendable {
    enum End: Sendable, Hashable {
        case met
        case givenUp
        /// The cluster left the configuration.
        case clusterLeft
    }

    /// An expectation that is over, and how long after the cluster's answer.
    struct Ended: Sendable, Hashable {
        let expectation: LinkExpectation
        let end: End
        let after: Duration
    }

    static let firstWait = Duration.milliseconds(500)
    static let longestWait = Duration.seconds(15)
    static let patience = Duration.seconds(300)

    private struct Watch: Sendable {
        var pending: [(expectation: LinkExpectation, since: Duration)] = []
        var wait = ExpectationAgenda.firstWait
        /// When the look under way began; nil while none is.
        var lookedSince: Duration?
        /// When the next look is due; none is while one is under way.
        var due: Duration
    }

    private var watches: [ClusterID: Watch] = [:]

    /// When some cluster is to be looked at next.
    var nextDue: Duration? { watches.values.filter { $0.lookedSince == nil }.map(\.due).min() }

    /// Notes what a cluster has just been asked for.
    mutating func expect(_ expectation: LinkExpectation, of cluster: ClusterID, at now: Duration) {
        var watch = watches[cluster] ?? Watch(due: now + Self.firstWait)
        watch.pending.append((expectation, now))
        watch.wait = Self.firstWait
        watch.due = min(watch.due, now + Self.firstWait)
        watches[cluster] = watch
    }

    /// The clusters to look at now, each noted as being looked at.
    mutating func takeDue(at now: Duration) -> [ClusterID] {
        let due = watches.filter { $0.value.lookedSince == nil && $0.value.due <= now }.map(\.key)
        for cluster in due { watches[cluster]?.lookedSince = now }
        return due
    }

    /// Takes what a look brought.
    ///
    /// - Parameter isMet: judges by a list that was asked for when the look began or later; nil where none came.
    /// - Returns: what is over with it.
    mutating func looked(at cluster: ClusterID, isMet: ((LinkExpectation) -> Bool)?, at now: Duration) -> [Ended] {
        guard var watch = watches[cluster], let began = watch.lookedSince else { return [] }
        var ended: [Ended] = []
        watch.pending.removeAll { expectation, since in
            // What the cluster was asked for meanwhile, this list need not know.
            let end: End? =
                since <= began && isMet?(expectation) == true ? .met : began - since >= Self.patience ? .givenUp : nil
            guard let end else { return false }
            ended.append(Ended(expectation: expectation, end: end, after: now - since))
            return true
        }
        guard let oldest = watch.pending.first?.since else {
            watches[cluster] = nil
            return ended
        }
        watch.lookedSince = nil
        // The last look comes when patience ends, and no later.
        watch.due = max(now, min(now + watch.wait, oldest + Self.patience))
        watch.wait = min(watch.wait * 2, Self.longestWait)
        watches[cluster] = watch
        return ended
    }

    /// Lets go of a cluster that is asked no more.
    mutating func forget(_ cluster: ClusterID, at now: Duration) -> [Ended] {
        (watches.removeValue(forKey: cluster)?.pending ?? []).map { expectation, since in
            Ended(expectation: expectation, end: .clusterLeft, after: now - since)
        }
    }
}
