import Alerting
import ClusterLinks
import Foundation
import Testing

/// docs/alert-matrix.md, cell by cell.
struct AlertMatrixTests {
    enum State: String, CaseIterable {
        case pending, firing, acknowledged, silenced, flapping, resolved
    }

    enum Happening: String, CaseIterable {
        case good, bad
        case otherCode = "other code"
        case pollFailed = "poll failed"
        case linkDeleted = "link deleted"
        case recreated
        case clusterRemoved = "cluster removed"
        case restart
    }

    /// A cluster with who is told of it: a webhook and an Alertmanager, which time alone makes nobody post to.
    private struct Watch {
        var cluster = WatchedCluster()
        var desk = NotificationDesk([NotificationDesk.hook, NotificationDesk.manager], reminder: 0)
        private var followed = 0

        init() {
            desk.plan.policy = NotificationPolicy(reminderInterval: .zero, resendInterval: .seconds(86_400))
        }

        /// Takes the steps that were made since it was asked last.
        @discardableResult
        mutating func follow() -> NotificationDecision {
            let steps = cluster.steps[followed...]
            followed = cluster.steps.count
            let around = AlertSurroundings(clusterName: "orders-eu")
            return desk.take(steps.compactMap { IncidentStep($0) { _ in around } }, at: cluster.now)
        }

        mutating func restarts() -> NotificationDecision {
            cluster.restarts()
            desk.restart(alerts: cluster.stored)
            return follow()
        }
    }

    @Test(arguments: State.allCases)
    func everyCellIsAsTheDocumentSays(state: State) throws {
        let cells = try Self.document()
        for happening in Happening.allCases {
            var watch = try Self.watch(in: state)
            let (steps, decision) = try Self.happens(happening, in: &watch)
            let told = Self.told(decision, after: try Self.watch(in: state).desk.rows)
            let cell = "\(Self.line(steps)) | \(Self.outcome(watch)) | \(told)"
            let place = "\(state.rawValue) | \(happening.rawValue)"
            #expect(cells[place] == cell, "\(place)")
        }
    }

    @Test func theDocumentHasEveryCellOnce() throws {
        let cells = State.allCases.flatMap { state in
            Happening.allCases.map { "\(state.rawValue) | \($0.rawValue)" }
        }
        #expect(try Self.document().keys.sorted() == cells.sorted())
    }

    private static func watch(in state: State) throws -> Watch {
        var watch = Watch()
        if state == .silenced {
            watch.desk.plan.silences = [try NotificationDesk.silence("orders", of: "link_name", to: 1_000_000)]
            watch.cluster.waits(AlertSample.start - watch.cluster.now)
        }
        var items = [Item.good, Item.bad]
        if state != .pending { items.append(Item.bad) }
        if state == .resolved { items += [Item.good, Item.good] }
        for item in items {
            try watch.cluster.lists(item)
            watch.follow()
        }
        if state == .flapping {
            let feed = [Item.good, Item.good, Item.bad, Item.bad]
            for item in feed + feed + feed where watch.cluster.alert(.linkError)?.isFlapping != true {
                try watch.cluster.lists(item)
                watch.follow()
            }
        }
        if state == .acknowledged {
            for alert in watch.cluster.alerts.alerts { watch.desk.acknowledge(alert: alert.id) }
        }
        return watch
    }

    private static func happens(
        _ happening: Happening,
        in watch: inout Watch
    ) throws -> ([AlertStep], NotificationDecision) {
        let before = watch.cluster.steps.count
        var decision: NotificationDecision?
        switch happening {
        case .good: try watch.cluster.lists(Item.good)
        case .bad: try watch.cluster.lists(Item.bad)
        case .otherCode: try watch.cluster.lists(Item.otherCode)
        case .pollFailed: watch.cluster.fails()
        case .linkDeleted: try watch.cluster.lists()
        case .recreated: try watch.cluster.lists(Item.recreated)
        case .clusterRemoved: watch.cluster.retires()
        case .restart: decision = watch.restarts()
        }
        let told = decision ?? watch.follow()
        return (watch.cluster.steps[before...].filter { $0.after.subject.kind == .linkError }, told)
    }

    /// What a webhook and then what an Alertmanager is told.
    private static func told(_ decision: NotificationDecision, after rows: [Told]) -> String {
        func again(_ child: Incident.Child, _ isKnown: (Told) -> Bool) -> String {
            rows.contains { $0.subject == .alert(child.alert.id) && isKnown($0) } ? " again" : ""
        }
        let words =
            decision.notifications.map { "`\($0.kind.rawValue)`" }
            + decision.posts.flatMap(\.firing).map { child in "posted" + again(child) { _ in true } }
            + decision.posts.flatMap(\.resolved).map { child in "ended" + again(child) { $0.resolvedAt != nil } }
        return words.isEmpty ? "nobody" : words.joined(separator: ", ")
    }

    private static func line(_ steps: [AlertStep]) -> String {
        steps.isEmpty ? "nothing" : steps.map { "`\($0.word)`" }.joined(separator: ", ")
    }

    /// The state with what people said of it.
    private static func outcome(_ watch: Watch) -> String {
        guard let alert = watch.cluster.alert(.linkError) else { return "resolved" }
        let labels = LabelSet(labelsOf: alert, in: AlertSurroundings(clusterName: "orders-eu"))
        let words = [
            alert.state.rawValue, alert.isFlapping ? "flapping" : nil,
            watch.desk.acknowledged.contains(alert.id) ? "acknowledged" : nil,
            watch.desk.plan.silences.contains { $0.mutes(labels) } ? "silenced" : nil,
        ]
        return words.compactMap(\.self).joined(separator: ", ")
    }

    /// State and happening, and the cell that the document has for them.
    private static func document() throws -> [String: String] {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: repository.appending(path: "docs/alert-matrix.md"), encoding: .utf8)
        var cells: [String: String] = [:]
        for line in text.components(separatedBy: "\n") where line.hasPrefix("| ") && !line.hasPrefix("| state") {
            let parts = line.components(separatedBy: " | ")
            guard parts.count == 6 else { continue }
            cells["\(parts[0].dropFirst(2)) | \(parts[1])"] = parts[2...4].joined(separator: " | ")
        }
        return cells
    }
}
