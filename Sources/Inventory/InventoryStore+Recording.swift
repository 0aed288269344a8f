import Alerting
package import ClusterLinks
import ExactJSON
import GRDB
import Logging
import Outages

/// What a poll did to the inventory.
package struct RecordedPoll: Sendable {
    package let cluster: ClusterID
    package let poll: PollTally.Poll
    /// Links that appeared, changed or went away.
    package let changes: Int
}

extension InventoryStore {
    /// Takes in how a poll ended; returns when what it changed is durable and published.
    ///
    /// Nil where the cluster is not, or no longer, in the configuration: nothing is kept then.
    package func record(_ observation: PollObservation) async -> RecordedPoll? {
        guard let state = clusters[observation.cluster], state.isConfigured else { return nil }
        let at = state.observationInstant(observation.at)
        state.lastObservedAt = at
        let events = observe(observation.result, in: state, at: at)
        let poll = PollTally.Poll(
            at: at,
            outcome: observation.outcome,
            duration: observation.duration,
            message: observation.message
        )
        let run = state.add(poll.outcome, at: at, duration: poll.duration)
        backlog.append(run, of: state.key, message: poll.message)
        if poll.outcome.isSuccess { state.lastSuccessAt = at }
        let moved = take(alertSteps(observation.result, events ?? [], in: state, at: at), in: state, at: at)
        guard let events else {
            fleet.record(poll, of: observation.cluster)
            if moved { await commit() }
            return RecordedPoll(cluster: observation.cluster, poll: poll, changes: 0)
        }
        backlog.publishAfterCommit(state.refreshView(), poll: poll)
        await commit()
        return RecordedPoll(
            cluster: observation.cluster,
            poll: poll,
            changes: events.count(where: \.isChange)
        )
    }

    /// Takes in a reading of one link's tasks; returns when what it changed is durable and published.
    /// - Parameter instant: when the answer was complete.
    package func record(_ tasks: TaskReading, of link: LinkIdentity, on cluster: ClusterID, at instant: Instant) async {
        guard let state = clusters[cluster], state.isConfigured else { return }
        let at = state.observationInstant(instant)
        let events = state.ledger.observe(tasks: tasks, of: link, at: at)
        let steps = state.ledger.links[link].map { state.alerts.observe(tasksOf: $0, at: at) } ?? []
        guard !events.isEmpty || !steps.isEmpty else { return }
        // What alerts alone remember of it is no span of the history: its instant stays free.
        if !events.isEmpty { state.lastObservedAt = at }
        enqueue(events, in: state, at: at)
        let moved = take(steps, in: state, at: at)
        if !events.isEmpty { backlog.publishAfterCommit(state.refreshView(), poll: nil) }
        if moved || !events.isEmpty { await commit() }
    }

    /// Takes in that a link's tasks say what they said before: no news of the link, but an observation for its alert.
    package func recordSameTasks(of link: LinkIdentity, on cluster: ClusterID, at instant: Instant) async {
        guard let state = clusters[cluster], state.isConfigured, let tracked = state.ledger.links[link] else { return }
        let at = state.observationInstant(instant)
        let steps = state.alerts.observe(tasksOf: tracked, at: at)
        guard !steps.isEmpty else { return }
        state.lastObservedAt = at
        if take(steps, in: state, at: at) { await commit() }
    }

    /// What an observation does to the alerts of its cluster.
    private func alertSteps(
        _ result: PollObservation.Result,
        _ events: [LinkEvent],
        in state: ClusterState,
        at instant: Instant
    ) -> [AlertStep] {
        switch result {
        case .failure(let reason, let message):
            state.alerts.observeFailure(reason: reason, message: message, at: instant)
        case .unchanged:
            state.alerts.observeUnchanged(listed: state.ledger.links, number: state.ledger.observations, at: instant)
        case .list:
            state.alerts.observe(events, listed: state.ledger.links, number: state.ledger.observations, at: instant)
        }
    }

    /// The listed links of a cluster, and whether their tasks were ever read.
    package func links(of cluster: ClusterID) -> [TrackedLink] {
        clusters[cluster].map { Array($0.ledger.links.values) } ?? []
    }

    /// Nil where the observation brought no news, so that nothing but its sighting has to be kept.
    private func observe(
        _ result: PollObservation.Result,
        in state: ClusterState,
        at instant: Instant
    ) -> [LinkEvent]? {
        switch result {
        case .failure:
            return nil
        case .unchanged:
            state.ledger.observeUnchanged()
            return nil
        case .list(let list):
            let ghosts = state.ledger.ghosts
            let lives = earlierLives(of: state.ledger.newcomers(in: list), in: state)
            let events = state.ledger.observe(list, at: instant, earlierLives: lives.mapValues(\.firstObservedAt))
            for (identity, life) in lives {
                state.linkKeys[identity] = life.key
                state.departed[identity] = nil
            }
            let hasOtherGhosts = ghosts != state.ledger.ghosts
            let isNews = begin(snapshot: list, in: state, at: instant) || hasOtherGhosts || !events.isEmpty
            guard isNews else { return nil }
            if hasOtherGhosts { append(.ghosts(cluster: state.key, json: Self.json(state.ledger.ghosts))) }
            enqueue(events, in: state, at: instant)
            return events
        }
    }

    /// Ends the current snapshot and begins the next, where the set of links is another.
    private func begin(snapshot list: LinkList, in state: ClusterState, at instant: Instant) -> Bool {
        let mark = SnapshotMark(firstObservedAt: instant, digest: list.digest)
        guard mark.digest != state.snapshot?.digest else { return false }
        if let ended = state.snapshot {
            append(
                .snapshotEnded(cluster: state.key, ended, lastObservedAt: state.lastSuccessAt ?? ended.firstObservedAt)
            )
        }
        append(
            .snapshotBegan(cluster: state.key, mark, links: list.links.count, errors: list.errorCount)
        )
        state.snapshot = mark
        return true
    }

    private func enqueue(_ events: [LinkEvent], in state: ClusterState, at instant: Instant) {
        for event in events {
            let key = key(of: event, in: state)
            append(
                .link(
                    LinkWrite(
                        cluster: state.key,
                        link: key,
                        at: instant,
                        observation: state.ledger.observations,
                        lastObservedAt: state.lastSuccessAt ?? instant,
                        event: event
                    )
                )
            )
            // Nothing is left of a link that came and went while there was no room: nor need its key be remembered.
            if case .vanished(let link) = event, backlog.tells(ofLink: key) {
                state.departed[link.identity] = ClusterState.EarlierLife(
                    key: key,
                    firstObservedAt: link.firstObservedAt
                )
            }
        }
    }

    /// The database's key of the link that an event is about; gives new links theirs and takes leave of those that went.
    private func key(of event: LinkEvent, in state: ClusterState) -> Int64 {
        let identity = event.identity
        if case .adopted(_, let former) = event, let key = state.linkKeys.removeValue(forKey: former) {
            state.linkKeys[identity] = key
            return key
        }
        let key: Int64
        if let known = state.linkKeys[identity] {
            key = known
        } else {
            key = nextLinkKey
            nextLinkKey += 1
            state.linkKeys[identity] = key
        }
        if case .vanished = event { state.linkKeys[identity] = nil }
        return key
    }

    /// Looks up which links of a list were listed before and went away.
    ///
    /// A database that cannot be read answers nothing: such a link then begins anew.
    private func earlierLives(
        of newcomers: [LinkIdentity],
        in state: ClusterState
    ) -> [LinkIdentity: ClusterState.EarlierLife] {
        guard state.wasListed, !newcomers.isEmpty else { return [:] }
        var lives = state.departed.filter { newcomers.contains($0.key) }
        // What waits for the database is newer than it: a key of the present is no earlier life, whatever rows still say.
        let taken = Set(state.linkKeys.values).union(state.departed.values.map(\.key))
        do {
            let stored = try database.pool.read { db in
                try newcomers.filter { lives[$0] == nil }.compactMap { identity in
                    try Self.earlierLife(db, of: identity, cluster: state.key).map { (identity, $0) }
                }
            }
            lookups = Outage()
            for (identity, life) in stored where !taken.contains(life.key) { lives[identity] = life }
        } catch {
            let now = Duration.milliseconds(time.now().milliseconds)
            if case .fails(let failures, _) = lookups.failed(DatabaseRemedy.reason(of: error), at: now) {
                logger.error(
                    "earlier lives of links cannot be read",
                    metadata: [
                        "database.error": "\(error)", "outage.failures": "\(failures)",
                        "database.remedy": "\(DatabaseRemedy.text(for: error, path: database.path))",
                    ]
                )
            }
        }
        return lives
    }

    private static func earlierLife(
        _ db: Database,
        of identity: LinkIdentity,
        cluster: Int64
    ) throws -> ClusterState.EarlierLife? {
        let condition =
            switch identity {
            case .id: "cluster_link_id = ?"
            case .name: "link_name = ? AND cluster_link_id IS NULL"
            }
        let sql = """
            SELECT link_key, first_observed_at FROM links WHERE cluster_key = ? AND \(condition)
            ORDER BY link_key DESC LIMIT 1
            """
        return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [cluster, identity.description]).map { row in
            ClusterState.EarlierLife(
                key: row["link_key"],
                firstObservedAt: Instant(milliseconds: row["first_observed_at"])
            )
        }
    }

    private static func json(_ ghosts: [JSONObject]) -> String {
        String(decoding: JSONValue.array(ghosts.map(JSONValue.object)).encoded, as: UTF8.self)
    }
}

extension LinkEvent {
    fileprivate var identity: LinkIdentity {
        switch self {
        case .appeared(let link, _), .changed(let link, _, _), .completed(let link), .adopted(let link, _),
            .vanished(let link):
            link.identity
        case .episodeBegan(_, let identity), .episodeToldMessage(_, let identity), .episodeEnded(_, let identity):
            identity
        }
    }
}
