import Alerting
import ClusterLinks

/// What happens to three clusters at random, and what people say of it: the same for every run of it.
struct FleetFeed {
    struct Happening {
        let at: Instant
        let cluster: Int
        let what: Observed
    }

    enum Word {
        /// Of one of those that fire then.
        case acknowledgement(Int)
        case silence(label: String, pattern: String, from: Duration, to: Duration)
    }

    static let clusters = (0..<3).map { ClusterID("lkc-\($0)") }

    let rules: AlertRules
    private(set) var happenings: [Happening] = []
    /// By the happening after which it is said.
    private(set) var words: [Int: Word] = [:]
    /// Where the process ends, by the happening.
    private(set) var ends: [Int: End] = [:]

    /// How far it gets with what follows from a happening.
    enum End: CaseIterable { case afterMarking, beforeMarking, beforeSending }

    private var generator: SeededGenerator
    private var links: [[ShownLink]]
    private var lastID = 100

    /// - Parameter hasOneSeverity: whether all alerts are of the same.
    init(seed: UInt64, count: Int, hasOneSeverity: Bool) {
        generator = SeededGenerator(seed: seed)
        let mild = [SeverityRule(code: "MILD", severity: .warning), SeverityRule(code: "A", severity: .info)]
        rules = AlertRules(
            policy: AlertPolicy(
                failureThreshold: generator.number(1...3),
                resolveThreshold: generator.number(1...3),
                flapping: AlertPolicy.Flapping(changes: generator.number(2...5), window: .seconds(1200)),
                severities: hasOneSeverity ? [SeverityRule(severity: .critical)] : mild
            ),
            clusterName: "orders-eu"
        )
        links = Self.clusters.indices.map { [ShownLink(id: Self.sides[$0], name: "a")] }
        var now = AlertSample.start
        for number in 0..<count {
            now = now.advanced(by: .seconds(generator.pick([0, 1, 20, 60, 60, 300])))
            let cluster = generator.number(0...Self.clusters.count - 1)
            happenings.append(Happening(at: now, cluster: cluster, what: next(of: cluster, isFirst: number < 6)))
            if generator.oneIn(8) { words[number] = word() }
            if generator.oneIn(5) { ends[number] = generator.pick(End.allCases) }
        }
    }

    /// The ids of the first links `a`; those of the first two clusters are the sides of one link.
    private static let sides = [1, 2, 3]

    /// Half of the links lead to one cluster.
    static func surroundings(of alert: Alert) -> AlertSurroundings {
        let isSide = alert.subject.link?.description == "A1" || alert.subject.link?.description == "A2"
        let other = clusters[alert.subject.cluster == clusters[0] ? 1 : 0]
        let identity = ClusterLinkID(alert.subject.link?.description == "A1" ? "A2" : "A1").map(LinkIdentity.id)
        let remotes = ["a": "lkc-8", "b": "lkc-9", "c": "lkc-9"]
        return AlertSurroundings(
            clusterName: "orders-eu",
            remoteCluster: remotes[alert.subject.linkName?.rawValue ?? ""].map { ClusterID($0) },
            otherSide: isSide ? identity.map { AlertSurroundings.Link(cluster: other, identity: $0) } : nil
        )
    }

    private mutating func next(of cluster: Int, isFirst: Bool) -> Observed {
        switch isFirst ? 0 : generator.number(0...29) {
        case 0...15:
            change(cluster)
            return .list(links[cluster])
        case 16...21: return .sameBytes
        case 22...25: return .failure(reason: generator.pick(["dns", "timeout"]))
        case 26...28:
            guard let link = links[cluster].randomElement(using: &generator) else { return .sameBytes }
            return .tasks(id: link.id, code: generator.pick([nil, "A", "GRAVE"]))
        default: return .retired
        }
    }

    private mutating func change(_ cluster: Int) {
        for name in ["a", "b", "c"] where generator.oneIn(2) {
            guard let index = links[cluster].firstIndex(where: { $0.name == name }) else {
                links[cluster].append(ShownLink(id: newID(), name: name))
                continue
            }
            switch generator.number(0...9) {
            case 0...3: links[cluster][index].error = generator.pick(["MILD", "GRAVE", "GRAVE"])
            case 4...6: links[cluster][index] = ShownLink(id: links[cluster][index].id, name: name)
            case 7: links[cluster][index].state = generator.pick(["FAILED", "PAUSED", "ACTIVE"])
            case 8: links[cluster].remove(at: index)
            default: links[cluster][index].id = newID()
            }
        }
    }

    private mutating func newID() -> Int {
        lastID += 1
        return lastID
    }

    private mutating func word() -> Word {
        guard generator.oneIn(2) else { return .acknowledgement(generator.number(0...9)) }
        let (label, pattern) = generator.pick([
            ("kafka_cluster_id", "lkc-0"), ("link_name", "a|b"), ("severity", "critical"), ("kind", "task_error"),
        ])
        let from = Duration.seconds(generator.pick([0, 0, 300]))
        return .silence(label: label, pattern: pattern, from: from, to: .seconds(generator.number(301...4000)))
    }
}
