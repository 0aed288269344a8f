import Alerting
import ClusterLinks
import Testing

/// The plan over random alerts, acknowledgements, silences and restarts, against rules told in another way.
struct NotificationPlanPropertyTests {
    @Test(arguments: 0..<24)
    func `nothing is told twice, nothing is lost, and nobody is told what is suppressed`(seed: UInt64) throws {
        var history = RandomHistory(seed: seed)
        for _ in 0..<80 { try history.step() }
        history.checkThatMuchHappened()
    }
}

/// What happened to a fleet, what was told of it, and what must hold of both.
private struct RandomHistory {
    private var generator: SeededGenerator
    private var desk: NotificationDesk
    private var now = AlertSample.start
    private var count = 0
    private var firing: [Alert] = []
    private var around: [String: AlertSurroundings] = [:]
    private var acknowledged: Set<String> = []
    /// What each receiver was told of each incident, in order.
    private var heard: [Key: [IncidentNotification]] = [:]
    private var nextAsk: Instant?
    private let receivers = [
        NotificationTarget(name: "hook", kind: .webhook), NotificationTarget(name: "chat", kind: .webhook),
        NotificationTarget(name: "am", kind: .alertmanager),
    ]

    private struct Key: Hashable {
        let receiver: String
        let incident: String
    }

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        desk = NotificationDesk(receivers, reminder: 900)
    }

    /// Lets time pass to the next thing that happens, by way of each instant at which the plan wants to be asked.
    mutating func step() throws {
        let next = now.advanced(by: .seconds(generator.number(1...400)))
        while let ask = nextAsk, ask < next {
            // Before it nothing is due.
            let early = Instant(milliseconds: ask.milliseconds - 1)
            if early > now {
                var twin = desk.plan
                let decision = twin.decide(at: early)
                #expect(decision.notifications.isEmpty && decision.posts.isEmpty && decision.told.isEmpty)
            }
            now = ask
            take([])
        }
        now = next
        if generator.oneIn(6) { restart() }
        desk.plan.silences.removeAll { $0.endsAt <= now }
        if generator.oneIn(4) { try addSilence() }
        if generator.oneIn(4), let alert = firing.randomElement(using: &generator) {
            acknowledged.insert(alert.id)
            desk.acknowledge(alert: alert.id)
        }
        take(randomSteps())
    }

    func checkThatMuchHappened() {
        let kinds = Set(heard.values.joined().map(\.kind))
        #expect(kinds == Set(IncidentNotification.Kind.allCases))
    }

    private mutating func randomSteps() -> [IncidentStep] {
        var steps: [IncidentStep] = []
        for (index, alert) in firing.enumerated().reversed() {
            if generator.oneIn(5) {
                firing.remove(at: index)
                acknowledged.remove(alert.id)
                steps.append(.resolved(AlertSample.resolved(alert, at: now)))
            } else if generator.oneIn(8), alert.severity < .critical {
                firing[index].severity = .critical
                steps.append(.changed(firing[index], around[alert.id] ?? AlertSample.around()))
            }
        }
        for _ in 0..<generator.pick([0, 0, 1, 1, 3]) {
            count += 1
            let alert = AlertSample.firing(
                "a\(count)",
                generator.pick([.linkError, .linkState, .taskError, .clusterUnreachable]),
                on: generator.pick(["lkc-1", "lkc-2", "lkc-3"]),
                link: generator.pick(["a", "b", "c", "d"]),
                severity: generator.pick(AlertSeverity.allCases),
                code: generator.pick(["A", "B"]),
                at: now
            )
            around[alert.id] = AlertSample.around(remote: generator.pick(["lkc-8", "lkc-9", nil]))
            firing.append(alert)
            steps.append(.fired(alert, around[alert.id] ?? AlertSample.around()))
        }
        return steps
    }

    private mutating func addSilence() throws {
        let (name, value) = generator.pick([
            ("kafka_cluster_id", "lkc-1"), ("kafka_cluster_id", "lkc-[23]"), ("link_name", "a|b"),
            ("severity", "critical"),
        ])
        desk.plan.silences.append(
            Silence(
                stored: "s",
                matchers: [try Matcher(name: name, value: value, isRegex: true)],
                startsAt: now.advanced(by: .seconds(generator.pick([0, 0, 300]))),
                endsAt: now.advanced(by: .seconds(generator.number(301...2000))),
                createdBy: "ada",
                comment: "test"
            )
        )
    }

    /// What the plan says after a restart must be what it would have said without.
    private mutating func restart() {
        var unbroken = desk.plan
        desk.restart()
        var restored = desk.plan
        #expect(restored.decide(at: now).notifications == unbroken.decide(at: now).notifications)
    }

    private mutating func take(_ steps: [IncidentStep]) {
        let decision = desk.take(steps, at: now)
        nextAsk = decision.askAgainAt
        if let nextAsk { #expect(nextAsk > now) }
        for notification in decision.notifications {
            let key = Key(receiver: notification.receiver, incident: notification.incident.id)
            check(notification, after: heard[key] ?? [])
            heard[key, default: []].append(notification)
        }
        checkThatAllIsTold()
        checkPosts(decision)
        var twin = desk.plan
        let again = twin.decide(at: now)
        #expect(again.notifications.isEmpty && again.posts.isEmpty && again.told.isEmpty)
    }

    private func check(_ notification: IncidentNotification, after before: [IncidentNotification]) {
        #expect(!before.contains { $0.id == notification.id }, "told twice")
        #expect(before.last?.kind != .resolved, "told after the end")
        switch notification.kind {
        case .firing:
            let highest = before.compactMap(\.highest).max()
            #expect(
                highest.map { notification.highest ?? .info > $0 } ?? true,
                "a joiner was told that is not more severe"
            )
        case .reminder:
            let last = before.last?.at
            #expect(
                last.map { now >= $0.advanced(by: .seconds(900)) } ?? false,
                "reminded too early, or of what was not told"
            )
        case .resolved: #expect(!before.isEmpty && !notification.incident.isOpen)
        }
        if notification.kind != .resolved {
            #expect(!notification.alerts.isEmpty)
            #expect(notification.alerts.allSatisfy { isAudible($0.alert) })
        }
    }

    /// Of each alert that fires and is not suppressed every receiver knows by now.
    private func checkThatAllIsTold() {
        for alert in firing where isAudible(alert) {
            let incident = desk.book.incident(ofAlert: alert.id)
            #expect(incident != nil)
            for receiver in receivers where receiver.kind == .webhook {
                let told = heard[Key(receiver: receiver.name, incident: incident?.id ?? "")] ?? []
                #expect(told.compactMap(\.highest).max().map { $0 >= alert.severity } ?? false, "lost")
                #expect(told.last.map { now < $0.at.advanced(by: .seconds(900)) } ?? false, "no reminder")
            }
        }
        let open = Set(desk.book.open.map(\.id))
        let untold = heard.filter { key, told in told.last?.kind != .resolved && !open.contains(key.incident) }
        #expect(untold.isEmpty, "the end was not told")
    }

    private func checkPosts(_ decision: NotificationDecision) {
        let posted = Set(desk.rows.map(\.subject))
        for post in decision.posts {
            let ends = Set(post.resolved.map(\.labels))
            let ended = firing.filter { alert in
                posted.contains(.alert(alert.id)) && ends.contains(labels(of: alert))
            }
            #expect(ended.isEmpty, "an end was posted under the labels of what fires")
        }
        for alert in firing where isAudible(alert) {
            #expect(posted.contains(.alert(alert.id)), "not posted")
        }
    }

    private func labels(of alert: Alert) -> LabelSet {
        LabelSet(labelsOf: alert, in: around[alert.id] ?? AlertSample.around())
    }

    private func isAudible(_ alert: Alert) -> Bool {
        let labels = labels(of: alert)
        return !acknowledged.contains(alert.id)
            && !desk.plan.silences.contains { $0.isActive(at: now) && $0.mutes(labels) }
    }
}

extension IncidentNotification {
    /// The highest severity of what it tells; nil of one that tells the end.
    fileprivate var highest: AlertSeverity? { kind == .resolved ? nil : alerts.map(\.alert.severity).max() }
}
