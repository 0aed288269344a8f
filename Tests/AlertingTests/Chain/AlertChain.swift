import Alerting
import ClusterLinks

/// linkwatch's alerts of several clusters from observation to delivery, with what would be stored of them.
///
/// It is what the service does around them: an observation, what follows from it and what is to be told are stored
/// at once, then sent, then marked as sent. A restart leaves what was stored and nothing else.
struct AlertChain {
    private(set) var alerts: [ClusterAlerts]
    private(set) var desk: NotificationDesk
    /// By the number of the cluster and the alert's id: those that are open, and those that resolved since the last start or
    /// so late before it that their crossings count.
    private var stored: [[String: Alert]]
    private var lastPolls: [Alert.Mark?]
    private var outbox: [IncidentNotification] = []
    private var posts: [AlertmanagerPost] = []
    private var askAgainAt: Instant?
    private let surroundings: @Sendable (Alert) -> AlertSurroundings

    /// All that was recorded, and all that the webhooks' receivers got, in order.
    private(set) var steps: [AlertStep] = []
    private(set) var deliveries: [IncidentNotification] = []
    /// What Alertmanagers got since it was taken last.
    private var posted: [AlertmanagerPost] = []
    /// As each incident was recorded last, the closed ones, too.
    private(set) var history: [String: Incident] = [:]

    /// - Parameters:
    ///   - clusters: with the rules of each; they are numbered in this order.
    ///   - surroundings: of an alert at any time.
    init(
        _ clusters: [(id: ClusterID, rules: AlertRules)],
        receivers: [NotificationTarget],
        reminder: Int,
        surroundings: @escaping @Sendable (Alert) -> AlertSurroundings
    ) {
        alerts = clusters.map { ClusterAlerts(cluster: $0.id, rules: $0.rules) }
        desk = NotificationDesk(receivers, reminder: reminder)
        stored = clusters.map { _ in [:] }
        lastPolls = clusters.map { _ in nil }
        self.surroundings = surroundings
    }

    /// Takes an observation of one cluster up to where all is stored and nothing sent.
    /// - Parameter poll: the number of a successful one.
    mutating func observe(
        _ cluster: Int,
        poll: Int? = nil,
        at instant: Instant,
        _ observe: (inout ClusterAlerts) -> [AlertStep]
    ) {
        if let poll { lastPolls[cluster] = Alert.Mark(number: poll, at: instant) }
        take(observe(&alerts[cluster]), of: cluster, at: instant)
    }

    /// Lets time pass, and asks and sends whenever something is due.
    mutating func pass(to instant: Instant) {
        while let next = askAgainAt, next <= instant {
            decide(at: next)
            send()
        }
    }

    mutating func acknowledge(_ id: String) { desk.acknowledge(alert: id) }

    /// Takes other silences in the place of all before.
    mutating func silence(_ silences: [Silence], at instant: Instant) {
        desk.plan.silences = silences
        decide(at: instant)
        send()
    }

    /// - Parameter isMarked: false where the process ends before it can take down that it has sent.
    mutating func send(isMarked: Bool = true) {
        deliveries += outbox
        if isMarked { outbox = [] }
        posted += posts
        posts = []
    }

    mutating func takePosts() -> [AlertmanagerPost] {
        defer { posted = [] }
        return posted
    }

    mutating func restart(at instant: Instant) {
        posts = []
        for (number, cluster) in alerts.enumerated() {
            let window = cluster.rules.policy.flapping.window
            stored[number] = stored[number].filter { $0.value.resolvedAt.map { instant - $0 < window } ?? true }
            alerts[number] = ClusterAlerts(
                cluster: cluster.cluster,
                rules: cluster.rules,
                open: stored[number].values.filter(\.isOpen),
                recent: stored[number].values.filter { !$0.isOpen },
                lastPoll: lastPolls[number]
            )
        }
        desk.restart(alerts: stored.reduce(into: [:]) { all, some in all.merge(some) { $1 } })
        for number in alerts.indices {
            let rules = alerts[number].rules
            take(alerts[number].apply(rules, at: instant), of: number, at: instant)
        }
        decide(at: instant)
        send()
    }

    private mutating func take(_ steps: [AlertStep], of cluster: Int, at instant: Instant) {
        guard !steps.isEmpty else { return }
        self.steps += steps
        for step in steps {
            stored[cluster][step.after.id] = step.after
            if step.kind == .resolved { desk.withdrawAcknowledgement(ofAlert: step.after.id) }
        }
        let moves = steps.compactMap { IncidentStep($0, surroundings) }
        guard !moves.isEmpty else { return }
        let changed = desk.move(moves, at: instant)
        for incident in changed { history[incident.id] = incident }
        decide(at: instant)
    }

    private mutating func decide(at instant: Instant) {
        let decision = desk.ask(at: instant)
        outbox += decision.notifications
        posts += decision.posts
        askAgainAt = decision.askAgainAt
    }
}

extension IncidentStep {
    /// What a step is to incidents; nil for what they do not follow.
    init?(_ step: AlertStep, _ surroundings: (Alert) -> AlertSurroundings) {
        let alert = step.after
        switch (step.kind, alert.state) {
        case (.fired, _): self = .fired(alert, surroundings(alert))
        case (.resolved, _) where alert.firedAt != nil: self = .resolved(alert)
        case (.counted, _), (_, .pending), (_, .resolved): return nil
        case (_, .firing): self = .changed(alert, surroundings(alert))
        }
    }
}
