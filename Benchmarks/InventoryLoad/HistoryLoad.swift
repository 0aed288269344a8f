import ClusterLinks
import Foundation
import Inventory

/// `history`: a year of a fleet whose links flap, up to now, in as many versions as are asked for.
struct HistoryLoad {
    let versions: Int
    let path: String
    private let fleet: LoadFleet
    private static let days = 365
    private static let interval = Duration.seconds(900)

    init(versions: Int, path: String, clusters: Int) {
        fleet = LoadFleet(clusters: clusters)
        self.versions = versions
        self.path = path
    }

    func run() async throws {
        let hour: Int64 = 3_600_000
        let end = Int64(Date().timeIntervalSince1970 * 1000) / hour * hour
        let start = end - Int64(Self.days) * 24 * hour
        let time = SimulatedTime(Instant(milliseconds: start))
        try await fill(from: time)
        FigureLine.tell("from", start)
        FigureLine.tell("to", end)
        try FileFacts(path: path).tell("file")
    }

    private func fill(from time: SimulatedTime) async throws {
        let inventory = try LoadedInventory(path: path, time: time)
        await inventory.store.configure(fleet.descriptions(staleAfter: Self.interval * 3))
        let rounds = Self.days * 24 * 3600 / Int(Self.interval.seconds)
        let script = try HistoryScript(
            of: fleet,
            versions: versions - fleet.clusters.count * LoadFleet.linksEach,
            inPolls: rounds * fleet.clusters.count
        )
        var polls = PlayedPolls(of: fleet, every: Self.interval, script: script, from: time)
        for day in 1...Self.days {
            for _ in 0..<24 { try await polls.playHour(on: inventory.store) }
            try inventory.checkDurable()
            if day.isMultiple(of: 30) { Progress.tell("\(day) of \(Self.days) days") }
        }
        let stored = inventory.store.fleet.current(at: time.now()).sequence
        FigureLine.tell("versions", stored)
        FigureLine.tell("polls", polls.polls)
        try await inventory.store.close()
    }
}
