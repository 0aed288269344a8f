import Alerting
import ClusterLinks
import ExactJSON

/// linkwatch on one simulated cluster: ledger and poller are played, the alerts are the real ones.
struct SimulatedService {
    private let cluster: SimulatedCluster
    private let rules: AlertRules
    private var alerts: ClusterAlerts
    private var stored: [String: Alert] = [:]
    private var links: [LinkIdentity: TrackedLink] = [:]
    private var world: [SimulatedCluster.Change]
    private var shown: [SimulatedCluster.Change?]
    private var number = 0
    private var lastPoll: Alert.Mark?
    private var contents: [SimulatedCluster.Look: LinkContent] = [:]
    private(set) var pages: [SimulationScore.Page] = []

    init(_ cluster: SimulatedCluster, policy: AlertPolicy) throws {
        self.cluster = cluster
        rules = AlertRules(
            policy: policy,
            expectedLinks: Set(try SimulatedCluster.expected.map { try LinkName.known("link-\($0)") })
        )
        alerts = ClusterAlerts(cluster: ClusterID("lkc-sim"), rules: rules)
        world = (0..<SimulatedCluster.linkCount).map { SimulatedCluster.Change(link: $0, look: .fine, life: 0) }
        shown = Array(repeating: nil, count: SimulatedCluster.linkCount)
    }

    mutating func run() throws {
        var dirty = Set(0..<SimulatedCluster.linkCount)
        for tick in 0..<SimulatedCluster.ticks {
            for change in cluster.changes[tick] {
                world[change.link] = change
                dirty.insert(change.link)
            }
            let now = Instant(milliseconds: Int64(tick) * 60_000)
            switch cluster.polls[tick] {
            case .none:
                if tick > 0, cluster.polls[tick - 1] != .none { restart(at: now) }
            case .failure: keep(alerts.observeFailure(reason: "timeout", message: nil, at: now), at: tick)
            case .success:
                number += 1
                lastPoll = Alert.Mark(number: number, at: now)
                if dirty.isEmpty {
                    keep(alerts.observeUnchanged(listed: links, number: number, at: now), at: tick)
                } else {
                    let events = try events(of: dirty.sorted(), at: now)
                    dirty = []
                    keep(alerts.observe(events, listed: links, number: number, at: now), at: tick)
                }
            }
        }
    }

    private mutating func restart(at now: Instant) {
        let window = rules.policy.flapping.window
        alerts = ClusterAlerts(
            cluster: alerts.cluster,
            rules: rules,
            open: stored.values.filter(\.isOpen),
            recent: stored.values.filter { alert in alert.resolvedAt.map { now - $0 <= window } ?? false },
            lastPoll: lastPoll
        )
    }

    private mutating func keep(_ steps: [AlertStep], at tick: Int) {
        for step in steps {
            stored[step.after.id] = step.after
            let after = step.after
            let link = after.subject.linkName.flatMap { Int($0.rawValue.dropFirst("link-".count)) }
            if step.kind == .fired {
                pages.append(.init(kind: after.subject.kind, link: link, tick: tick, isFiring: true))
            } else if step.kind == .resolved, after.firedAt != nil, after.resolvedReason == .recovered {
                pages.append(.init(kind: after.subject.kind, link: link, tick: tick, isFiring: false))
            }
        }
    }

    private mutating func events(of dirty: [Int], at now: Instant) throws -> [LinkEvent] {
        var vanished: [LinkEvent] = []
        var others: [LinkEvent] = []
        for index in dirty {
            let next = world[index]
            let before = try shown[index].flatMap { links[try Self.identity($0)] }
            let isSame = shown[index]?.life == next.life && next.look != .gone
            if let before, !isSame {
                links[before.identity] = nil
                vanished.append(.vanished(before))
            }
            shown[index] = next.look == .gone ? nil : next
            guard next.look != .gone else { continue }
            let content = try content(next.look)
            let identity = try Self.identity(next)
            if let before, isSame {
                guard before.content != content else { continue }
                links[identity]?.content = content
                var link = before
                link.content = content
                others.append(.changed(link, from: before.content, fields: ["link_error"]))
            } else {
                let link = TrackedLink(
                    identity: identity,
                    name: try .known("link-\(index)"),
                    content: content,
                    hasTaskReading: false,
                    firstObservedAt: now,
                    versionSince: now,
                    episode: nil
                )
                links[identity] = link
                others.append(.appeared(link, baseline: number == 1))
            }
        }
        return vanished + others
    }

    private static func identity(_ change: SimulatedCluster.Change) throws -> LinkIdentity {
        let text = "L\(change.link)-\(change.life)"
        return try ClusterLinkID(text).map(LinkIdentity.id) ?? .name(.known(text))
    }

    private mutating func content(_ look: SimulatedCluster.Look) throws -> LinkContent {
        if let known = contents[look] { return known }
        let members =
            switch look {
            case .fine, .gone: #""link_state":"ACTIVE""#
            case .paused: #""link_state":"PAUSED""#
            case .failed: #""link_state":"FAILED""#
            case .error(let code): #""link_state":"FAILED","link_error":"CODE_\#(code)""#
            }
        let content = LinkContent(item: try JSONValue(parsing: "{\(members)}").object ?? [:])
        contents[look] = content
        return content
    }
}
