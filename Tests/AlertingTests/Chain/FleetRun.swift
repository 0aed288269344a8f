import Alerting
import ClusterLinks
import ExactJSON

/// One run of a feed through ledgers and chain.
struct FleetRun {
    private(set) var chain: AlertChain
    /// The ids of the alerts of which Alertmanagers were told that they fire, and that they are over.
    private(set) var firingPosts: Set<String> = []
    private(set) var endedPosts: Set<String> = []
    private var ledgers = FleetFeed.clusters.map { _ in ClusterLedger() }
    private var lists: [[ShownLink]: LinkList] = [:]

    /// - Parameters:
    ///   - isInterrupted: whether the process ends where the feed says, and is started again at once.
    ///   - hasPeople: whether anybody says what the feed has people say.
    init(_ feed: FleetFeed, isInterrupted: Bool, hasPeople: Bool) throws {
        chain = AlertChain(
            FleetFeed.clusters.map { ($0, feed.rules) },
            receivers: [
                NotificationDesk.hook, NotificationTarget(name: "chat", kind: .webhook), NotificationDesk.manager,
            ],
            reminder: 900,
            surroundings: FleetFeed.surroundings
        )
        var now = AlertSample.start
        for (number, happening) in feed.happenings.enumerated() {
            now = happening.at
            chain.pass(to: now)
            try observe(happening)
            let end = isInterrupted ? feed.ends[number] : nil
            switch end {
            case nil: chain.send()
            case .afterMarking: chain.send()
            case .beforeMarking: chain.send(isMarked: false)
            case .beforeSending: break
            }
            if end != nil { chain.restart(at: now) }
            if hasPeople, let word = feed.words[number] { try hear(word, at: now) }
            takePosts()
        }
        chain.pass(to: now.advanced(by: .seconds(7200)))
        takePosts()
    }

    private mutating func observe(_ happening: FleetFeed.Happening) throws {
        let (cluster, now) = (happening.cluster, happening.at)
        switch happening.what {
        case .list(let links):
            let items = links.map(\.json).joined(separator: ",")
            let list = try lists[links] ?? LinkList(pages: [JSONValue(parsing: #"{"data":[\#(items)]}"#)])
            lists[links] = list
            let events = ledgers[cluster].observe(list, at: now)
            let (listed, number) = (ledgers[cluster].links, ledgers[cluster].observations)
            chain.observe(cluster, poll: number, at: now) { alerts in
                alerts.observe(events, listed: listed, number: number, at: now)
            }
        case .sameBytes:
            ledgers[cluster].observeUnchanged()
            let (listed, number) = (ledgers[cluster].links, ledgers[cluster].observations)
            chain.observe(cluster, poll: number, at: now) { alerts in
                alerts.observeUnchanged(listed: listed, number: number, at: now)
            }
        case .failure(let reason):
            chain.observe(cluster, at: now) { $0.observeFailure(reason: reason, message: nil, at: now) }
        case .tasks(let id, let code): try read(tasksOf: id, code: code, of: cluster, at: now)
        case .retired: chain.observe(cluster, at: now) { $0.retire(at: now) }
        case .rules, .restart: break
        }
    }

    private mutating func read(tasksOf id: Int, code: String?, of cluster: Int, at now: Instant) throws {
        let tasks = code.map { #"[{"task_name":"T","errors":[{"error_code":"\#($0)"}]}]"# } ?? "[]"
        guard let identity = ClusterLinkID("A\(id)").map(LinkIdentity.id) else { return }
        _ = ledgers[cluster].observe(tasks: TaskReading(try JSONValue(parsing: tasks)), of: identity, at: now)
        guard let link = ledgers[cluster].links[identity] else { return }
        chain.observe(cluster, at: now) { $0.observe(tasksOf: link, at: now) }
    }

    private mutating func hear(_ word: FleetFeed.Word, at now: Instant) throws {
        switch word {
        case .acknowledgement(let number):
            let firing = chain.alerts.flatMap(\.alerts).filter { $0.state == .firing }.map(\.id).sorted()
            if !firing.isEmpty { chain.acknowledge(firing[number % firing.count]) }
        case .silence(let label, let pattern, let from, let to):
            let silence = Silence(
                stored: "\(now.milliseconds)",
                matchers: [try Matcher(name: label, value: pattern, isRegex: true)],
                startsAt: now.advanced(by: from),
                endsAt: now.advanced(by: to),
                createdBy: "ada",
                comment: "test"
            )
            chain.silence(chain.desk.plan.silences + [silence], at: now)
        }
    }

    private mutating func takePosts() {
        for post in chain.takePosts() {
            firingPosts.formUnion(post.firing.map(\.alert.id))
            endedPosts.formUnion(post.resolved.map(\.alert.id))
        }
    }
}

extension FleetRun {
    /// What a receiver got of one notification that is known by its id.
    struct Arrival: Hashable {
        let id: String
        let kind: IncidentNotification.Kind
        let receiver: String
        let incident: String
        let alerts: [String]
        let decidedAt: Instant
    }

    /// Each notification as it arrived first, in order.
    var arrivals: [Arrival] {
        var seen: Set<Arrival> = []
        return chain.deliveries.map { notification in
            Arrival(
                id: notification.id,
                kind: notification.kind,
                receiver: notification.receiver,
                incident: notification.incident.id,
                alerts: notification.alerts.map(\.alert.id),
                decidedAt: notification.at
            )
        }
        .filter { seen.insert($0).inserted }
    }

    /// All incidents that there were, each with its alerts as they were recorded last.
    var incidents: [Incident] {
        let latest = Dictionary(chain.steps.map { ($0.after.id, $0.after) }) { $1 }
        return chain.history.values.sorted { $0.id < $1.id }.map { incident in
            Incident(
                id: incident.id,
                openedAt: incident.openedAt,
                closedAt: incident.closedAt,
                children: incident.children.map { child in
                    Incident.Child(
                        alert: latest[child.alert.id] ?? child.alert,
                        surroundings: child.surroundings,
                        grounds: child.grounds
                    )
                },
                severity: incident.severity
            )
        }
    }
}
