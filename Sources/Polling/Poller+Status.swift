extension Poller {
    /// Where one cluster stands, nil where it is no target.
    package func status(of id: Source.ID) -> PollStatus? {
        agenda.clusters[id].flatMap { $0.isTarget ? PollStatus($0, at: timebase.now) : nil }
    }

    /// Where all targets stand, in one look.
    package var statuses: [Source.ID: PollStatus] {
        let now = timebase.now
        return agenda.clusters.filter(\.value.isTarget).mapValues { PollStatus($0, at: now) }
    }

    /// For how long something has been due without the schedule having been looked at: next to nothing while it runs, also
    /// where every slot is taken.
    package var lateness: Duration {
        let now = timebase.now
        return agenda.nextDue.map { max(.zero, now - $0) } ?? .zero
    }

    /// List polls running now.
    package var pollsInFlight: Int { agenda.pollsInFlight }

    /// Readings of tasks running now; with `pollsInFlight` never more than the concurrency.
    package var taskReadsInFlight: Int { agenda.taskReadsInFlight }
}
