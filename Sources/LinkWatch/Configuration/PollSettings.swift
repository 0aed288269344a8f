import ClusterLinks

/// What a `poll` section says, before the defaults: a cluster's own stands over the fleet's, key by key.
struct PollSettings {
    private let path: SettingPath
    private var interval: Given<Duration>?
    private var timeout: Given<Duration>?
    private var concurrency: Given<Int>?
    private var staleAfter: Given<Duration>?
    private var backoffMax: Given<Duration>?
    private var tasks: Given<Bool>?
    private var tasksInterval: Given<Duration>?

    /// A value with the place it was given at.
    private struct Given<Value> {
        let value: Value
        let setting: Setting
    }

    private static let times: ClosedRange<Duration> = .milliseconds(100) ... .seconds(365 * 86_400)

    init(reading section: Section?, path: SettingPath) {
        self.path = path
        guard let section else { return }
        interval = Self.given(section["interval"]) { $0.duration(in: Self.times) }
        timeout = Self.given(section["timeout"]) { $0.duration(in: .milliseconds(10) ... .seconds(3600)) }
        concurrency = Self.given(section["concurrency"]) { $0.integer(in: 1...10_000) }
        staleAfter = Self.given(section["stale_after"]) { $0.duration(in: Self.times) }
        backoffMax = Self.given(section["backoff_max"]) { $0.duration(in: Self.times) }
        tasks = Self.given(section["tasks"]) { $0.flag() }
        tasksInterval = Self.given(section["tasks_interval"]) { $0.duration(in: Self.times) }
        section.close()
    }

    /// The same section of one cluster, which says only what is different there.
    func overridden(by cluster: PollSettings) -> PollSettings {
        cluster.concurrency?.setting.warn("has no effect here: it counts the polls of the whole fleet")
        var settings = cluster
        settings.interval = cluster.interval ?? interval
        settings.timeout = cluster.timeout ?? timeout
        settings.concurrency = concurrency
        settings.staleAfter = cluster.staleAfter ?? staleAfter
        settings.backoffMax = cluster.backoffMax ?? backoffMax
        settings.tasks = cluster.tasks ?? tasks
        settings.tasksInterval = cluster.tasksInterval ?? tasksInterval
        return settings
    }

    /// With the defaults, which never contradict what was given: a shorter interval draws them with it.
    func resolved() -> Configuration.Poll {
        var poll = Configuration.Poll()
        poll.interval = interval?.value ?? poll.interval
        poll.timeout = timeout?.value ?? min(poll.timeout, poll.interval)
        poll.concurrency = concurrency?.value ?? poll.concurrency
        poll.staleAfter = staleAfter?.value ?? poll.interval * 3
        poll.backoffMax = backoffMax?.value ?? poll.backoffMax
        poll.tasks = tasks?.value ?? poll.tasks
        poll.tasksInterval = tasksInterval?.value ?? poll.tasksInterval
        tellContradictions(in: poll)
        return poll
    }

    private func tellContradictions(in poll: Configuration.Poll) {
        let interval = DurationText.format(poll.interval)
        if poll.timeout > poll.interval {
            place(of: timeout, or: self.interval)?.refuse(
                "timeout \(DurationText.format(poll.timeout)) is longer than interval \(interval)"
            )
        }
        if poll.staleAfter < poll.interval {
            place(of: staleAfter, or: self.interval)?.refuse(
                "stale_after \(DurationText.format(poll.staleAfter)) is shorter than interval \(interval): "
                    + "every link would be unknown between two polls"
            )
        }
        if let backoffMax, poll.backoffMax < poll.interval {
            place(of: backoffMax, or: self.interval)?.warn(
                "backoff_max \(DurationText.format(poll.backoffMax)) is shorter than interval \(interval) and has no effect"
            )
        }
    }

    /// Where a contradiction of two values is told: in this section, once.
    ///
    /// A contradiction of two values of the fleet is told there and not again for each cluster.
    private func place(of first: Given<Duration>?, or second: Given<Duration>?) -> Setting? {
        [first, second].compactMap { $0?.setting }.first { $0.path.isWithin(path) }
    }

    private static func given<Value>(_ setting: Setting?, _ read: (Setting) -> Value?) -> Given<Value>? {
        guard let setting, let value = read(setting) else { return nil }
        return Given(value: value, setting: setting)
    }
}
