/// The demo's play: a fleet in which every health, every kind of change and several faults occur within a minute.
///
/// Made for a poll interval of 2 s, tasks every 4 s and `stale_after` 6 s: errors and a degraded link are there from the
/// start, one cluster answers nothing from 3 s to 38 s and so becomes unknown before 10 s, and the rest flap, come, go
/// and are recreated. Rounds last a minute; their instants and messages differ by the seed.
package struct LivelyFleet: Sendable {
    package static let roundLength = Duration.seconds(60)

    private let seed: UInt64
    private let clusterIDs: [String]
    /// Links by the part they play; a small fleet may give one link several parts, or a part to none.
    private let cast: Cast

    /// Gives the parts of the play to links and clusters of `fleet`.
    package init(seed: UInt64, fleet: SimulatedFleet) {
        self.seed = seed
        clusterIDs = fleet.clusterIDs
        cast = Cast(fleet: fleet)
    }

    /// The cluster that goes dark; nil in a fleet of one, which would be all dark.
    package var darkClusterID: String? { cast.dark }

    package var script: SimulatorScript {
        SimulatorScript(opening: opening, roundLength: Self.roundLength) { round in steps(ofRound: round) }
    }

    private var opening: [SimulatedEvent] {
        var events: [SimulatedEvent] = []
        if let broken = cast.broken {
            events.append(.setState(broken, "UNAVAILABLE"))
            events.append(error(LinkTrouble.all[1], on: broken))
        }
        if let flapping = cast.flapping { events.append(error(LinkTrouble.all[0], on: flapping)) }
        if let degraded = cast.degraded { events.append(failure(TaskTrouble.all[0], on: degraded)) }
        if let haunted = cast.haunted { events.append(.addGhosts(haunted, count: 2)) }
        return events
    }

    private func steps(ofRound round: Int) -> [SimulatorScript.Step] {
        var play = Play(generator: SeededGenerator(seed: seed &+ UInt64(round)), isJittered: round > 0)
        if let address = cast.flapping { flap(address, round, &play) }
        if let address = cast.broken { breakAndMend(address, &play) }
        if let address = cast.degraded { degrade(address, &play) }
        if let address = cast.recreated { play.at(18, .recreate(address)) }
        if let address = cast.paused {
            play.at(32, .setState(address, "PAUSED"))
            play.at(46, .setState(address, "ACTIVE"))
        }
        if let id = cast.busy { comeAndGo(on: id, round, &play) }
        if let id = cast.haunted {
            play.at(28, .addGhosts(id, count: 1))
            play.at(50, .removeGhosts(id, count: 1))
        }
        if let id = cast.limited {
            let retryAfter = round.isMultiple(of: 2) ? nil : "3"
            play.at(24, .inject(id, .rateLimit(retryAfter: retryAfter, count: 2)))
        }
        if let id = cast.dark, round.isMultiple(of: 2) { goDark(id, &play) }
        return play.steps
    }

    private func flap(_ address: LinkAddress, _ round: Int, _ play: inout Play) {
        if round > 0 { play.at(0, error(LinkTrouble.all[0], on: address)) }
        play.at(9, .recover(address))
        let trouble = play.generator.pick(LinkTrouble.all)
        play.at(16, error(trouble, on: address))
        play.at(23, .setError(address, code: trouble.code, message: trouble.message + " (2 attempts)"))
        play.at(30, .recover(address))
        play.at(40, error(LinkTrouble.all[3], on: address))
        play.at(52, .recover(address))
    }

    private func breakAndMend(_ address: LinkAddress, _ play: inout Play) {
        play.at(35, .recover(address))
        play.at(54, .setState(address, "FAILED"))
        play.at(57, error(play.generator.pick(LinkTrouble.all), on: address))
    }

    private func degrade(_ address: LinkAddress, _ play: inout Play) {
        play.at(27, .recover(address))
        play.at(42, failure(play.generator.pick(TaskTrouble.all), on: address))
    }

    /// A link that lives for most of a round, with a topic more on the way.
    private func comeAndGo(on id: String, _ round: Int, _ play: inout Play) {
        let linkID = SimulatedLinkID(using: &play.generator)
        let name = "flash-sale-\(round + 1)"
        let link = SimulatedLink(
            name: name,
            id: linkID,
            remoteClusterID: SimulatedLinkID(using: &play.generator).clusterLinkID,
            topics: ["flash-sale.orders"]
        )
        play.at(6, .create(id, link))
        play.at(20, .setTopics(LinkAddress(id, name), ["flash-sale.stock", "flash-sale.orders"]))
        play.at(48, .delete(LinkAddress(id, name)))
    }

    private func goDark(_ id: String, _ play: inout Play) {
        play.exactly(3, .inject(id, .status(503)))
        play.at(15, .clearFaults(id))
        play.at(15, .inject(id, SimulatedFault(.reset(after: nil))))
        play.at(38, .clearFaults(id))
    }

    private func error(_ trouble: LinkTrouble, on address: LinkAddress) -> SimulatedEvent {
        .setError(address, code: trouble.code, message: trouble.message)
    }

    private func failure(_ trouble: TaskTrouble, on address: LinkAddress) -> SimulatedEvent {
        .failTask(address, task: trouble.task, trouble.failure)
    }
}
