import Alerting
import ClusterLinks
import ExactJSON

/// A cluster whose polls are a minute apart, observed by ledger and alerts as the service does it; what steps carry is
/// all that a restart leaves.
struct WatchedCluster {
    static let id = ClusterID("lkc-1")

    private(set) var ledger = ClusterLedger()
    private(set) var alerts: ClusterAlerts
    /// The latest of each occurrence, by its id.
    private(set) var stored: [String: Alert] = [:]
    private(set) var steps: [AlertStep] = []
    private(set) var now = Instant(milliseconds: 0)
    private var lastSuccess: Instant?

    init(_ rules: AlertRules = AlertRules()) { alerts = ClusterAlerts(cluster: Self.id, rules: rules) }

    mutating func waits(_ duration: Duration) { now = now.advanced(by: duration) }

    /// A poll whose list holds the items, each a JSON text without its braces.
    @discardableResult
    mutating func lists(_ items: String...) throws -> [String] {
        let data = items.map { "{\($0)}" }.joined(separator: ",")
        return try lists(LinkList(pages: [JSONValue(parsing: #"{"data":[\#(data)]}"#)]))
    }

    @discardableResult
    mutating func lists(_ list: LinkList) -> [String] {
        tick()
        lastSuccess = now
        let events = ledger.observe(list, at: now)
        return keep(alerts.observe(events, listed: ledger.links, number: ledger.observations, at: now))
    }

    @discardableResult
    mutating func listsTheSame() -> [String] {
        tick()
        lastSuccess = now
        ledger.observeUnchanged()
        return keep(alerts.observeUnchanged(listed: ledger.links, number: ledger.observations, at: now))
    }

    @discardableResult
    mutating func fails(_ reason: String = "timeout", _ message: String? = nil) -> [String] {
        tick()
        return keep(alerts.observeFailure(reason: reason, message: message, at: now))
    }

    @discardableResult
    mutating func reads(tasks: String, ofLinkNamed name: String) throws -> [String] {
        tick()
        guard let identity = ledger.links.values.first(where: { $0.name.rawValue == name })?.identity else { return [] }
        _ = ledger.observe(tasks: TaskReading(try JSONValue(parsing: tasks)), of: identity, at: now)
        return keep(ledger.links[identity].map { alerts.observe(tasksOf: $0, at: now) } ?? [])
    }

    @discardableResult
    mutating func reloads(_ rules: AlertRules) -> [String] {
        tick()
        return keep(alerts.apply(rules, at: now))
    }

    @discardableResult
    mutating func retires() -> [String] {
        tick()
        return keep(alerts.retire(at: now))
    }

    /// The alerts are made anew from what was stored and nothing else.
    @discardableResult
    mutating func restarts() -> [String] {
        let window = alerts.rules.policy.flapping.window
        let recent = stored.values.filter { alert in alert.resolvedAt.map { now - $0 <= window } ?? false }
        alerts = ClusterAlerts(
            cluster: Self.id,
            rules: alerts.rules,
            open: stored.values.filter(\.isOpen),
            recent: Array(recent),
            lastPoll: lastSuccess.map { Alert.Mark(number: ledger.observations, at: $0) }
        )
        return keep(alerts.apply(alerts.rules, at: now))
    }

    /// The open alert of a kind, where there is one and only one.
    func alert(_ kind: AlertKind) -> Alert? {
        let found = alerts.alerts.filter { $0.subject.kind == kind }
        return found.count == 1 ? found.first : nil
    }

    private mutating func tick() { now = now.advanced(by: .seconds(60)) }

    private mutating func keep(_ steps: [AlertStep]) -> [String] {
        self.steps += steps
        for step in steps { stored[step.after.id] = step.after }
        return steps.map(\.line)
    }
}

extension AlertStep {
    /// `link_error orders fired`, `link_error orders resolved recovered`.
    var line: String {
        [after.subject.kind.rawValue, after.subject.linkName?.rawValue, word].compactMap(\.self).joined(separator: " ")
    }

    var word: String {
        [kind.rawValue, kind == .resolved ? after.resolvedReason?.rawValue : nil].compactMap(\.self)
            .joined(separator: " ")
    }
}

extension LinkName {
    /// A name that is known not to be empty.
    static func known(_ text: String) throws -> LinkName {
        guard let name = LinkName(text) else { throw NoName() }
        return name
    }

    private struct NoName: Error {}
}

/// Items of lists: what the links of these tests look like.
enum Item {
    static let good = #""link_name":"orders","cluster_link_id":"A1","link_state":"ACTIVE""#
    static let paused = #""link_name":"orders","cluster_link_id":"A1","link_state":"PAUSED""#
    static let failed = #""link_name":"orders","cluster_link_id":"A1","link_state":"FAILED""#
    static let other = #""link_name":"payments","cluster_link_id":"A2","link_state":"ACTIVE""#
    static let bad = error("TIMEOUT_ERROR")
    static let otherCode = error("AUTHENTICATION_ERROR")
    static let recreated = #""link_name":"orders","cluster_link_id":"A9","link_error":"TIMEOUT_ERROR""#
    static let renamed = #""link_name":"orders-2","cluster_link_id":"A1","link_error":"TIMEOUT_ERROR""#

    static func error(_ code: String, _ message: String = "no answer") -> String {
        good + #","link_error":"\#(code)","link_error_message":"\#(message)""#
    }
}
