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

    /// What people said of alerts: by id and by name, as linkwatch keeps acknowledgements and silences.
    private struct Desk {
        var acknowledged: Set<String> = []
        var silenced: Set<String> = []

        func word(_ alert: Alert) -> String? {
            if acknowledged.contains(alert.id) { return "acknowledged" }
            return silenced.contains(alert.subject.linkName?.rawValue ?? "") ? "silenced" : nil
        }
    }

    @Test(arguments: State.allCases)
    func everyCellIsAsTheDocumentSays(state: State) throws {
        let told = try Self.document()
        for happening in Happening.allCases {
            let (before, desk) = try Self.cluster(in: state)
            var cluster = before
            let steps = try Self.steps(of: happening, in: &cluster)
            let cell = "\(Self.line(steps)) | \(Self.outcome(cluster, desk))"
            let place = "\(state.rawValue) | \(happening.rawValue)"
            #expect(told[place] == cell, "\(place)")
        }
    }

    @Test func theDocumentHasEveryCellOnce() throws {
        let cells = State.allCases.flatMap { state in
            Happening.allCases.map { "\(state.rawValue) | \($0.rawValue)" }
        }
        #expect(try Self.document().keys.sorted() == cells.sorted())
    }

    private static func cluster(in state: State) throws -> (WatchedCluster, Desk) {
        var cluster = WatchedCluster()
        var desk = Desk()
        try cluster.lists(Item.good)
        try cluster.lists(Item.bad)
        if state != .pending { cluster.listsTheSame() }
        if state == .resolved {
            try cluster.lists(Item.good)
            cluster.listsTheSame()
        }
        if state == .flapping {
            let feed = [Item.good, Item.good, Item.bad, Item.bad]
            for item in feed + feed + feed where cluster.alert(.linkError)?.isFlapping != true {
                try cluster.lists(item)
            }
        }
        if state == .acknowledged { desk.acknowledged = Set(cluster.alerts.alerts.map(\.id)) }
        if state == .silenced { desk.silenced = ["orders"] }
        return (cluster, desk)
    }

    private static func steps(of happening: Happening, in cluster: inout WatchedCluster) throws -> [AlertStep] {
        let before = cluster.steps.count
        switch happening {
        case .good: try cluster.lists(Item.good)
        case .bad: try cluster.lists(Item.bad)
        case .otherCode: try cluster.lists(Item.otherCode)
        case .pollFailed: cluster.fails()
        case .linkDeleted: try cluster.lists()
        case .recreated: try cluster.lists(Item.recreated)
        case .clusterRemoved: cluster.retires()
        case .restart: cluster.restarts()
        }
        return cluster.steps[before...].filter { $0.after.subject.kind == .linkError }
    }

    private static func line(_ steps: [AlertStep]) -> String {
        steps.isEmpty ? "nothing" : steps.map { "`\($0.word)`" }.joined(separator: ", ")
    }

    private static func outcome(_ cluster: WatchedCluster, _ desk: Desk) -> String {
        guard let alert = cluster.alert(.linkError) else { return "resolved" }
        return [alert.state.rawValue, alert.isFlapping ? "flapping" : nil, desk.word(alert)].compactMap(\.self)
            .joined(separator: ", ")
    }

    /// State and happening, and the cell that the document has for them.
    private static func document() throws -> [String: String] {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: repository.appending(path: "docs/alert-matrix.md"), encoding: .utf8)
        var cells: [String: String] = [:]
        for line in text.components(separatedBy: "\n") where line.hasPrefix("| ") && !line.hasPrefix("| state") {
            let parts = line.components(separatedBy: " | ")
            guard parts.count == 5 else { continue }
            cells["\(parts[0].dropFirst(2)) | \(parts[1])"] = "\(parts[2]) | \(parts[3])"
        }
        return cells
    }
}
