import Alerting
import ClusterLinks

/// The alerts of the whole fleet: which are one incident, who is to be told, and what of it waits to be stored.
///
/// A value of the store's executor. Each cluster's own alerts are moved by its observations (`ClusterAlerts`); what they
/// did comes here.
struct AlertDesk {
    private(set) var book: IncidentBook
    private(set) var plan: NotificationPlan
    private(set) var acknowledgements: [String: Acknowledgement]
    /// By their ids; those that are over may be among them.
    private(set) var silences: [String: Silence]
    private(set) var backlog = AlertBacklog()
    /// When something is due though nothing is observed until then.
    private(set) var askAgainAt: Instant?
    /// What Alertmanagers are to be told once all that it says is stored.
    private var posts: [AlertmanagerPost] = []
    /// As it was when everything was stored last, for what has to go on while the database fails.
    private var storedPlan: NotificationPlan

    init(_ stored: StoredAlerts = StoredAlerts(), _ configuration: AlertConfiguration = AlertConfiguration()) {
        book = IncidentBook(open: stored.incidents)
        plan = NotificationPlan(
            policy: configuration.notifications,
            receivers: configuration.targets,
            incidents: stored.incidents,
            acknowledged: Set(stored.acknowledgements.keys),
            silences: stored.silences,
            told: stored.told
        )
        storedPlan = plan
        acknowledgements = stored.acknowledgements
        silences = Dictionary(stored.silences.map { ($0.id, $0) }) { $1 }
    }

    /// Takes what the alerts of one cluster did.
    /// - Parameter surroundings: of an alert that fires now.
    mutating func take(
        _ steps: [AlertStep],
        of cluster: Int64,
        at instant: Instant,
        surroundings: (Alert) -> AlertSurroundings
    ) {
        for step in steps { backlog.add(step, of: cluster) }
        let moves = IncidentStep.following(steps, surroundings: surroundings)
        for step in steps where step.kind == .resolved {
            acknowledgements[step.after.id] = nil
            plan.withdrawAcknowledgement(ofAlert: step.after.id)
        }
        take(moves, at: instant)
    }

    /// Takes the alerts of a cluster whose name or labels are others now.
    mutating func relabel(_ alerts: [Alert], at instant: Instant, surroundings: (Alert) -> AlertSurroundings) {
        take(alerts.filter { $0.state == .firing }.map { .changed($0, surroundings($0)) }, at: instant)
    }

    private mutating func take(_ moves: [IncidentStep], at instant: Instant) {
        guard !moves.isEmpty else { return }
        let changed = book.take(moves, at: instant)
        let moved = Set(moves.map(\.alert.id))
        for incident in changed { backlog.add(incident, changed: moved) }
        plan.take(changed)
    }

    /// Finds out what is due and takes it down, to be stored and sent.
    mutating func decide(at now: Instant) {
        let decision = plan.decide(at: now)
        backlog.add(decision)
        posts += decision.posts
        askAgainAt = decision.askAgainAt
    }

    func isDue(at now: Instant) -> Bool { askAgainAt.map { $0 <= now } ?? false }

    /// Everything is stored: gives what may be sent now.
    mutating func stored() -> [AlertmanagerPost] {
        defer { posts = [] }
        if !backlog.isEmpty {
            backlog.removeAll()
            storedPlan = plan
        }
        return posts
    }

    /// The database refuses to store: bounds what waits, and gives what Alertmanagers have to be told again of what is
    /// stored, since an alert that is not posted any more is over to them.
    mutating func refused(at now: Instant) -> [AlertmanagerPost] {
        backlog.bound()
        return storedPlan.decide(at: now).posts
    }

    mutating func configure(_ configuration: AlertConfiguration) {
        plan.policy = configuration.notifications
        plan.receivers = configuration.targets
        storedPlan.policy = configuration.notifications
        storedPlan.receivers = configuration.targets
    }

    /// Takes an acknowledgement that is stored, or takes it back.
    mutating func set(_ acknowledgement: Acknowledgement?, of id: String) {
        acknowledgements[id] = acknowledgement
        if acknowledgement == nil {
            plan.withdrawAcknowledgement(ofAlert: id)
            storedPlan.withdrawAcknowledgement(ofAlert: id)
        } else {
            plan.acknowledge(alert: id)
            storedPlan.acknowledge(alert: id)
        }
    }

    /// Takes a silence that is stored, and forgets those that are over; they stay in the database.
    mutating func set(_ silence: Silence, at now: Instant) {
        silences[silence.id] = silence
        silences = silences.filter { $0.value.endsAt > now }
        plan.silences = silences.values.sorted { $0.id < $1.id }
        storedPlan.silences = plan.silences
    }
}
