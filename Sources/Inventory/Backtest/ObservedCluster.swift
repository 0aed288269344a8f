import Alerting
import ClusterLinks
import GRDB

/// What is stored of one cluster, told as the observations that it was stored of.
///
/// Runs of polls give the instants, changes what the polls among them brought. Of polls that brought nothing only those are
/// told that the alerts wait for. An object of whoever reads the database.
final class ObservedCluster {
    let id: ClusterID
    /// News before it is part of how the cluster stood.
    let since: Instant
    private var translation: NewsTranslation
    private var news: [ObservedNews] = []
    private var polls: PollRunPages
    private var spacing: PollSpacing?
    /// What is known to have been listed before, and is told with the next list.
    private var earlierEvents: [LinkEvent] = []
    /// What the run's failures said.
    private var message: String?
    private var lastNumber = 0
    private var readings: AssumedReadings
    private var turns: ConfigurationTurns
    private var expectation: Backtest.Expectation

    init(
        _ db: Database,
        _ id: ClusterID,
        key: Int64,
        tasksInterval: Duration,
        from beginning: ReplayBeginning,
        awaiting expectation: Backtest.Expectation
    ) throws {
        self.id = id
        since = beginning.at
        translation = NewsTranslation(from: beginning.links)
        polls = try PollRunPages(db, of: key, from: beginning.at)
        turns = try ConfigurationTurns(db, of: key, from: beginning.at)
        readings = AssumedReadings(every: tasksInterval)
        self.expectation = expectation
        followFailingTasks(after: beginning.at)
    }

    /// Takes in what a row tells.
    func take(_ row: StoredNews, _ contents: AlertContents) throws {
        let instant = Instant(milliseconds: row.at)
        guard instant >= since else { return }
        let content = try row.document.map { try contents.content($0) }
        let kinds =
            switch (row.kind, content) {
            case (.completion, let content?): translation.complete(content, ofLink: row.link, at: instant)
            case (.change, _), (.completion, nil): translation.take(content, ofLink: row.link, at: instant)
            }
        for kind in kinds { add(kind, at: instant) }
    }

    /// What one list brought is one observation.
    private func add(_ kind: ObservedNews.Kind, at instant: Instant) {
        if case .list(let more) = kind, let last = news.last, last.at == instant, case .list(let events) = last.kind {
            news[news.count - 1].kind = .list(events + more)
        } else {
            news.append(ObservedNews(at: instant, kind: kind))
        }
    }

    /// Finds out when there is something to tell next, by what has been read.
    func nextAt() -> Instant? {
        readings.leave { key, span in news.contains { $0.isReading(ofLink: key) && span.contains($0.at) } }
        return [turns.next, news.first?.at, nextPollAt, readings.next].compactMap(\.self).min()
    }

    /// How far past that instant the news has to be read to know it.
    var foresight: Duration { max(spacing?.tolerance ?? .zero, readings.tolerance) }

    /// What was observed at an instant that ``nextAt()`` gave; nil where that was nothing after all.
    ///
    /// To be asked again until ``nextAt()`` is later.
    func observation(at instant: Instant) throws -> BacktestObservation.News? {
        if let turn = turns.take(at: instant, entering: true) {
            followFailingTasks(after: instant)
            return turn
        }
        while let run = polls.head, run.run.firstAt <= instant { try begin(run) }
        if let first = news.first, first.at <= instant {
            news.removeFirst()
            return observation(of: first)
        }
        if let next = nextPollAt, next <= instant { return observationOfPoll() }
        if let identity = readings.take(at: instant, isReached: isReached(at: instant), again: polls.head?.run.firstAt)
        {
            return .sameTasks(identity)
        }
        return turns.take(at: instant, entering: false)
    }

    /// Learns what became of an observation.
    func settle(_ news: BacktestObservation.News, at instant: Instant, in backtest: Backtest) {
        let awaited = backtest.awaits(id)
        // Of what was not told while nothing waited for it, the past stays untold.
        if awaited != expectation { spacing?.pass(before: instant) }
        expectation = awaited
        switch news {
        case .retired: readings.forgetAll()
        case .tasks(let link):
            readings.settle(link.identity, isAwaited: backtest.awaitsReading(of: link.identity, on: id))
        case .sameTasks(let identity):
            readings.settle(identity, isAwaited: backtest.awaitsReading(of: identity, on: id))
        case .list, .unchanged, .failure, .configured: break
        }
    }
}

extension ObservedCluster {
    /// What is known to fail is read again, though that is stored nowhere.
    private func followFailingTasks(after instant: Instant) {
        for (key, link) in translation.links where link.content.hasFailingTasks {
            readings.follow(link.identity, key: key, after: instant)
        }
    }

    private func begin(_ row: PollRunRow) throws {
        var spacing = PollSpacing(row.run)
        spacing.pass(before: since)
        self.spacing = spacing
        message = row.message
        try polls.advance()
    }

    /// The first poll of each run is told, and of the others those that something waits for.
    private var nextPollAt: Instant? {
        guard let spacing, let next = spacing.next,
            spacing.isNextFirst || (spacing.run.outcome.isSuccess ? expectation.successes : expectation.failures)
        else { return polls.head.map { max($0.run.firstAt, since) } }
        guard !spacing.isNextCertain else { return next }
        // A poll that brought something is this one, where it is nearer to this place than to any other.
        let near = Span(from: next, to: next.advanced(by: spacing.tolerance))
        return news.contains { $0.isList && near.contains($0.at) } ? nil : next
    }

    private func observation(of news: ObservedNews) -> BacktestObservation.News? {
        switch news.kind {
        case .earlierList(let event):
            earlierEvents.append(event)
            return nil
        case .tasks(let link, let key):
            readings.follow(link.identity, key: key, after: news.at)
            return .tasks(link)
        case .list(let events):
            let events = earlierEvents + events
            earlierEvents = []
            for case .adopted(let link, let former) in events { readings.rename(former, to: link.identity) }
            let isWithin = spacing.map { $0.run.outcome.isSuccess && news.at <= $0.run.lastAt } ?? false
            let number = isWithin ? spacing?.take(at: news.at) : nil
            return .list(events, number: count(number))
        }
    }

    private func observationOfPoll() -> BacktestObservation.News? {
        guard let number = spacing?.takeNext(), let run = spacing?.run else { return nil }
        if let reason = run.outcome.failure { return .failure(reason: reason, message: message) }
        guard earlierEvents.isEmpty else {
            defer { earlierEvents = [] }
            return .list(earlierEvents, number: count(number))
        }
        return .unchanged(number: count(number))
    }

    /// Numbers only grow, whatever the rows say.
    private func count(_ number: Int?) -> Int {
        lastNumber = max(number ?? 0, lastNumber + 1)
        return lastNumber
    }

    /// Whether the cluster answered lately: else no tasks are read.
    private func isReached(at instant: Instant) -> Bool {
        guard let run = spacing?.run, run.outcome.isSuccess else { return false }
        return instant <= run.lastAt.advanced(by: run.staleAfter)
    }
}
