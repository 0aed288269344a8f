import Alerting
import ClusterLinks

/// linkwatch on the simulated fleet: poller and ledgers are played, alerts, incidents and notifications are the real ones.
struct SimulatedService {
    private let fleet: SimulatedFleet
    private var chain: AlertChain
    private var ledgers = SimulatedFleet.clusters.map { _ in SimulatedLedger() }
    private var silences: [Int: [Silence]]
    /// Gets the posts, where there is one.
    private(set) var alertmanager: SimulatedAlertmanager?

    init(_ fleet: SimulatedFleet, policy: AlertPolicy, hasAlertmanager: Bool) throws {
        var policy = policy
        let mild = SimulatedFleet.Look.mildest
        policy.severities = (mild...mild + 30).map { SeverityRule(code: "CODE_\($0)", severity: .warning) }
        self.fleet = fleet
        alertmanager = hasAlertmanager ? SimulatedAlertmanager(fleet) : nil
        silences = try Self.silences(in: fleet)
        let expected = Set(try SimulatedFleet.expected.map { try LinkName.known("link-\($0)") })
        let clusters = SimulatedFleet.clusters.map { number in
            let rules = AlertRules(policy: policy, clusterName: "cluster-\(number)", expectedLinks: expected)
            return (id: ClusterID("lkc-\(number)"), rules: rules)
        }
        let surroundings = try Self.surroundings()
        chain = AlertChain(
            clusters,
            receivers: hasAlertmanager ? [NotificationDesk.hook, NotificationDesk.manager] : [NotificationDesk.hook],
            reminder: Int(policy.reminderInterval.seconds)
        ) { alert in SimulatedFleet.Place(alert).flatMap { surroundings[$0] } ?? AlertSurroundings(clusterName: "") }
    }

    /// What the webhook's receiver got, repetitions included.
    var deliveries: [IncidentNotification] { chain.deliveries }

    var openIncidents: [Incident] { chain.desk.book.open }

    mutating func run() throws {
        var isUp = true
        for tick in 0..<SimulatedFleet.ticks {
            for cluster in SimulatedFleet.clusters { ledgers[cluster].happens(fleet.changes[cluster][tick]) }
            if fleet.isDown[tick] {
                isUp = false
                continue
            }
            if !isUp { chain.restart(at: Self.instant(tick)) }
            isUp = true
            chain.pass(to: Self.instant(tick))
            listen(at: tick)
            for cluster in SimulatedFleet.clusters where isUp { isUp = try poll(cluster, at: tick) }
            for post in chain.takePosts() { alertmanager?.receive(post) }
        }
    }

    /// Polls of clusters are some seconds apart.
    private static func instant(_ tick: Int, _ cluster: Int = 0) -> Instant {
        Instant(milliseconds: Int64(tick * 60_000 + cluster * 5_000))
    }

    /// What people say.
    private mutating func listen(at tick: Int) {
        for place in fleet.acknowledgements[tick] ?? [] {
            let firing = chain.alerts[place.cluster].alerts.filter { $0.state == .firing }
            for alert in firing where SimulatedFleet.Place(alert) == place { chain.acknowledge(alert.id) }
        }
        if let made = silences[tick] {
            let now = Self.instant(tick)
            chain.silence(chain.desk.plan.silences.filter { $0.endsAt > now } + made, at: now)
        }
    }

    /// - Returns: whether the process is still there.
    private mutating func poll(_ cluster: Int, at tick: Int) throws -> Bool {
        let now = Self.instant(tick, cluster)
        chain.pass(to: now)
        let crash = fleet.crashes[tick].flatMap { $0.cluster == cluster ? $0 : nil }
        if crash?.moment != .beforeStoring { try observe(cluster, at: tick) }
        guard let crash else {
            chain.send()
            return true
        }
        if crash.moment == .beforeMarking { chain.send(isMarked: false) }
        if crash.down == 0 { chain.restart(at: now) }
        return crash.down == 0
    }

    private mutating func observe(_ cluster: Int, at tick: Int) throws {
        let now = Self.instant(tick, cluster)
        switch fleet.polls[cluster][tick] {
        case .none: break
        case .failure:
            chain.observe(cluster, at: now) { $0.observeFailure(reason: "timeout", message: nil, at: now) }
        case .success:
            let events = try ledgers[cluster].poll(at: now)
            let (links, number) = (ledgers[cluster].links, ledgers[cluster].number)
            chain.observe(cluster, poll: number, at: now) { alerts in
                events.map { alerts.observe($0, listed: links, number: number, at: now) }
                    ?? alerts.observeUnchanged(listed: links, number: number, at: now)
            }
        }
    }
}

extension SimulatedService {
    private static func silences(in fleet: SimulatedFleet) throws -> [Int: [Silence]] {
        var silences: [Int: [Silence]] = [:]
        for incident in fleet.incidents {
            guard let span = incident.silence, let trouble = incident.troubles.first, let link = trouble.link else {
                continue
            }
            let matchers = try [
                Matcher(name: "kafka_cluster_id", value: "lkc-\(trouble.cluster)", isRegex: false),
                Matcher(name: "link_name", value: "link-\(link)", isRegex: false),
            ]
            let silence = Silence(
                stored: "\(trouble.cluster)-\(link)-\(span.lowerBound)",
                matchers: matchers,
                startsAt: instant(span.lowerBound),
                endsAt: instant(span.upperBound),
                createdBy: "ada",
                comment: "maintenance"
            )
            // Ahead of time, if linkwatch is there to be told.
            if let tick = fleet.isDown[..<(span.lowerBound - 20)].lastIndex(of: false) {
                silences[tick, default: []].append(silence)
            }
        }
        return silences
    }

    private static func surroundings() throws -> [SimulatedFleet.Place: AlertSurroundings] {
        var surroundings: [SimulatedFleet.Place: AlertSurroundings] = [:]
        for cluster in SimulatedFleet.clusters {
            for link in SimulatedFleet.links {
                let place = SimulatedFleet.Place(cluster: cluster, link: link)
                let other = try SimulatedFleet.otherSide(of: place).map { other in
                    AlertSurroundings.Link(
                        cluster: ClusterID("lkc-\(other.cluster)"),
                        identity: try SimulatedLedger.identity(of: .init(link: other.link, look: .fine, life: 0))
                    )
                }
                surroundings[place] = AlertSurroundings(
                    clusterName: "cluster-\(cluster)",
                    clusterLabels: ["env": "prod"],
                    remoteCluster: ClusterID(SimulatedFleet.remote(of: place)),
                    otherSide: other
                )
            }
        }
        return surroundings
    }
}

extension SimulatedFleet.Place {
    /// Where an alert is; nil for one about a cluster.
    init?(_ alert: Alert) {
        let cluster = Int(alert.subject.cluster.rawValue.dropFirst("lkc-".count))
        let link = alert.subject.linkName.flatMap { Int($0.rawValue.dropFirst("link-".count)) }
        guard let cluster, let link else { return nil }
        self.init(cluster: cluster, link: link)
    }
}
