import ClusterLinks
import Inventory

/// Decides what polls find.
protocol PollScript: Sendable {
    /// What the next poll of a cluster finds; clusters are asked in turn.
    mutating func result(ofCluster index: Int) throws -> PollObservation.Result
}

/// Polls every cluster of a fleet once an interval, an hour of simulated time after the other.
///
/// What an hour changes is committed together at its end, as are its sightings: what is stored is the same as with a
/// commit for each, and a year does not take half a million waits for the disk.
struct PlayedPolls<Script: PollScript>: Sendable {
    let fleet: LoadFleet
    let interval: Duration
    let time: SimulatedTime
    var script: Script
    /// When the next hour begins.
    private(set) var instant: Instant
    private(set) var polls = 0

    init(of fleet: LoadFleet, every interval: Duration, script: Script, from time: SimulatedTime) {
        self.fleet = fleet
        self.interval = interval
        self.time = time
        self.script = script
        instant = time.now()
    }

    /// Plays an hour on the store's own executor, so that a poll costs what it costs the service.
    mutating func playHour(on store: isolated InventoryStore) async throws {
        var recordings: [Task<Void, Never>] = []
        let end = instant.advanced(by: .seconds(3600))
        let distance = interval.milliseconds / Int64(fleet.clusters.count)
        while instant < end {
            for (index, cluster) in fleet.clusters.enumerated() {
                let result = try script.result(ofCluster: index)
                let observation = PollObservation(
                    cluster: cluster.id,
                    at: instant.advanced(by: .milliseconds(Int64(index) * distance)),
                    duration: .milliseconds(83),
                    httpStatus: 200,
                    result: result
                )
                if case .list = result {
                    // Runs at once as far as it waits for the commit.
                    recordings.append(Task.immediate { _ = await store.record(observation) })
                } else {
                    _ = await store.record(observation)
                }
            }
            polls += fleet.clusters.count
            instant = instant.advanced(by: interval)
        }
        time.set(end)
        for recording in recordings { await recording.value }
        store.storeSightings()
    }
}
