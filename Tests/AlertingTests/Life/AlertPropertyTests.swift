import Alerting
import ClusterLinks
import ExactJSON
import Testing

/// Over random histories with restarts, the stored steps tell what the whole record of observations does.
struct AlertPropertyTests {
    private static let historiesInAShare: UInt64 = 200
    /// Links get their ids late in no history; that has tests of its own.
    private static let kinds = Set(AlertStep.Kind.allCases).subtracting([.adopted])

    @Test(arguments: 0..<10)
    func theStepsTellWhatTheObservationsDo(share: UInt64) throws {
        var kinds: Set<AlertStep.Kind> = []
        for seed in share * Self.historiesInAShare..<(share + 1) * Self.historiesInAShare {
            var run = RandomHistory(seed: seed)
            for _ in 0..<30 { try run.step() }
            let told = run.told
            let expected = run.naive.occurrences
            #expect(told.subtracting(expected) == [], "seed \(seed): told, and did not happen")
            #expect(expected.subtracting(told) == [], "seed \(seed): happened, and was not told")
            #expect(run.complaints == [], "seed \(seed)")
            if told != expected { return }
            kinds.formUnion(run.kinds)
        }
        #expect(kinds == Self.kinds)
    }
}

/// One random history of one cluster, observed by the alerts and by the naive model.
private struct RandomHistory {
    private var generator: SeededGenerator
    private var cluster: WatchedCluster
    private(set) var naive: NaiveAlerts
    private var links: [ShownLink] = []
    private var lastID = 0
    private var seenSteps = 0
    private var parsed: [[ShownLink]: LinkList] = [:]
    private(set) var complaints: [String] = []

    var kinds: Set<AlertStep.Kind> { Set(cluster.steps.map(\.kind)) }

    init(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        // Every third history flaps easily.
        let isRestless = seed.isMultiple(of: 3)
        let policy = AlertPolicy(
            failureThreshold: isRestless ? 1 : generator.number(1...3),
            resolveThreshold: isRestless ? 1 : generator.number(1...3),
            holdFor: .seconds(!isRestless && generator.oneIn(3) ? generator.number(1...400) : 0),
            flapping: AlertPolicy.Flapping(
                changes: generator.number(1...(isRestless ? 2 : 5)),
                window: .seconds(generator.number(isRestless ? 120...600 : 300...3600))
            ),
            severities: [SeverityRule(code: "GRAVE", severity: .critical)]
        )
        self.generator = generator
        naive = NaiveAlerts(policy: policy)
        cluster = WatchedCluster(AlertRules(policy: policy))
    }

    /// What was stored, in the model's words.
    var told: Set<NaiveAlerts.Occurrence> {
        Set(
            cluster.stored.values.map { alert in
                NaiveAlerts.Occurrence(
                    kind: alert.subject.kind.rawValue,
                    subject: alert.subject.link.map { String($0.description.drop { $0 == "A" }) } ?? "",
                    startedAt: alert.startedAt.milliseconds,
                    firedAt: alert.firedAt?.milliseconds,
                    resolvedAt: alert.resolvedAt?.milliseconds,
                    reason: alert.resolvedReason?.rawValue,
                    code: alert.code,
                    message: alert.message,
                    severity: alert.severity,
                    isFlapping: alert.isFlapping,
                    observations: alert.observations(upTo: cluster.ledger.observations)
                )
            }
        )
    }

    mutating func step() throws {
        if generator.oneIn(3) { cluster.waits(.seconds(generator.number(1...600))) }
        switch generator.number(0...19) {
        case 0...8:
            change()
            try list()
        case 9...12:
            if cluster.ledger.observations == 0 { return }
            cluster.listsTheSame()
            note(.sameBytes)
        case 13...14:
            let reason = generator.oneIn(2) ? "dns" : "timeout"
            cluster.fails(reason)
            note(.failure(reason: reason))
        case 15...16: try readTasks()
        case 17: try reload()
        case 18:
            cluster.retires()
            note(.retired)
        default: cluster.restarts()
        }
        if generator.oneIn(4) { cluster.restarts() }
        check()
    }

    private mutating func note(_ what: Observed) { naive.observe(what, at: cluster.now.milliseconds) }

    private mutating func list() throws {
        let known = parsed[links]
        let items = links.map(\.json).joined(separator: ",")
        let list = try known ?? LinkList(pages: [JSONValue(parsing: #"{"data":[\#(items)]}"#)])
        parsed[links] = list
        cluster.lists(list)
        note(.list(links))
    }

    private mutating func change() {
        for name in ["a", "b"] where !generator.oneIn(3) {
            guard let index = links.firstIndex(where: { $0.name == name }) else {
                lastID += 1
                links.append(ShownLink(id: lastID, name: name))
                continue
            }
            switch generator.number(0...11) {
            case 0...3:
                links[index].error = ["TIMEOUT", "GRAVE"][generator.number(0...1)]
                links[index].message = generator.oneIn(2) ? "m\(generator.number(0...1))" : nil
            case 4...7: links[index] = ShownLink(id: links[index].id, name: name)
            case 8:
                links[index].state = generator.pick(["FAILED", "PAUSED", "UNAVAILABLE"])
                if generator.oneIn(2) { links[index].error = nil }
            case 9: links.remove(at: index)
            case 10:
                lastID += 1
                links[index].id = lastID
            default:
                let isFree = !links.contains { $0.name == "c" }
                if isFree { links[index].name = "c" } else { links.removeAll { $0.name == "c" } }
            }
        }
    }

    private mutating func readTasks() throws {
        guard let identity = cluster.ledger.links.values.map(\.identity.description).min(),
            let link = links.first(where: { "A\($0.id)" == identity })
        else { return }
        let code = [nil, "A", "GRAVE"][generator.number(0...2)]
        let errors = code.map { #"[{"task_name":"T","errors":[{"error_code":"\#($0)"}]}]"# } ?? "[]"
        try cluster.reads(tasks: errors, ofLinkNamed: link.name)
        note(.tasks(id: link.id, code: code))
    }

    private mutating func reload() throws {
        var rules = cluster.alerts.rules
        rules.expectedLinks = Set(try ["a", "b"].filter { _ in generator.oneIn(2) }.map { try LinkName.known($0) })
        rules.isExhaustive = generator.oneIn(2)
        rules.readsTasks = !generator.oneIn(4)
        cluster.reloads(rules)
        note(
            .rules(
                expected: Set(rules.expectedLinks.map(\.rawValue)),
                exhaustive: rules.isExhaustive,
                readsTasks: rules.readsTasks
            )
        )
    }

    /// Steps that fit each other, whatever they tell of.
    private mutating func check() {
        for step in cluster.steps[seenSteps...] {
            if let before = step.before {
                if before.id != step.after.id { complaints.append("\(step.line) of another") }
                if !before.isOpen { complaints.append("\(step.line) after the end") }
                if step.after.severity < before.severity { complaints.append("\(step.line) lowers a severity") }
                if step.kind == .fired, before.firedAt != nil { complaints.append("\(step.line) twice") }
            } else if step.kind != .began {
                complaints.append("\(step.line) of nothing")
            }
        }
        seenSteps = cluster.steps.count
        let open = cluster.stored.values.filter(\.isOpen)
        if Set(open) != Set(cluster.alerts.alerts) { complaints.append("what is stored is not what is known") }
    }
}
